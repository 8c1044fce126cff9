using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Inventory.Servers;
using Inventory.Servers.Files;
using Inventory.Servers.Packages;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;
using Inventory.Tests.Deploy.Programs;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>A real Kubernetes control plane with fake nodes, which dies with this process.</summary>
internal sealed class ControlPlaneProcess : IAsyncDisposable
{
    // up.sh counts its ports from the first.
    private const int Ports = 7;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly string _data;
    private readonly ChildProcess _child;

    private ControlPlaneProcess(string data, ChildProcess child)
    {
        _data = data;
        _child = child;
    }

    /// <summary>The shared folder beside the checkout, with the control plane's programs. Not every machine has it.</summary>
    public static string SharedFolder { get; } =
        Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "cluster"));

    public string KubeConfig => Path.Combine(_data, "kubeconfig");

    /// <summary>Held by every process of the control plane.</summary>
    public static string LockFile(string data) => Path.Combine(data, "processes.lock");

    /// <summary>Starts it with its data in an empty folder, and waits until its nodes are ready.</summary>
    public static async Task<ControlPlaneProcess> StartAsync(
        string data, KubernetesTools tools, CancellationToken cancellationToken)
    {
        var program = await UnpackAsync(cancellationToken);
        var child = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "Kubernetes control plane",
            FileName = Path.Combine(Repository.Root, "Inventory.Tests", "Deploy", "Cluster", "control-plane.sh"),
            Arguments =
            [
                SharedFolder,
                FreePorts.TakeBlock(Ports, IPAddress.Loopback).ToString(CultureInfo.InvariantCulture),
                data,
            ],
            Environment = new Dictionary<string, string?>
            {
                ["CONTROLPLANE"] = program,
                ["KUBECTL"] = tools.Kubectl,
                ["VOLUMES"] = "1",
                // Long enough for a rollout to have an order, short enough not to be waited for.
                ["READY_MS"] = "500",
            },
            LogFile = Path.Combine(data, "control-plane.log"),
            LockFile = LockFile(data),
            OrphanSignal = ProcessSignal.Terminate,
            // down.sh gives each of six parts 15 s.
            StopTimeout = TimeSpan.FromSeconds(100),
        });
        var started = new ControlPlaneProcess(data, child);
        try
        {
            await started.WaitUntilReadyAsync(cancellationToken);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var ready = await Readiness.WaitAsync(
            _ => Task.FromResult(_child.HasExited || File.Exists(Path.Combine(_data, "ready"))),
            StartTimeout,
            cancellationToken);
        if (!ready || _child.HasExited)
        {
            throw new ServerStartException($"The control plane did not start.\n{_child.ReadLogTail()}");
        }
    }

    // 149 MB and some seconds: kept from run to run.
    private static async Task<string> UnpackAsync(CancellationToken cancellationToken)
    {
        var archive = Path.Combine(SharedFolder, "controlplane.xz");
        await using var content = File.OpenRead(archive);
        var hash = await SHA256.HashDataAsync(content, cancellationToken);
        var program = Path.Combine(KubernetesTools.Folder, $"controlplane-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
        using (await FileLock.TakeAsync(Path.Combine(KubernetesTools.Folder, "controlplane.lock"), cancellationToken))
        {
            if (!File.Exists(program))
            {
                await ChildProcess.RunAsync(
                    new ChildProcessOptions
                    {
                        Name = "xz",
                        FileName = "/bin/bash",
                        Arguments =
                        [
                            "-c", """xz -dc "$1" >"$2.part" && chmod +x "$2.part" && mv "$2.part" "$2" """, "sh", archive, program,
                        ],
                        LogFile = $"{program}.log",
                    },
                    cancellationToken);
            }
        }

        return program;
    }
}
