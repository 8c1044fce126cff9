using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;

namespace Inventory.Tools.Bench.Processes;

/// <summary>A web service in a process of its own, with a probe in it.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ChildProcess _process;

    private ServiceUnderTest(ChildProcess process, Uri address, string probe, TimeSpan startUp)
    {
        _process = process;
        Address = address;
        Probe = new ProbeClient(probe);
        StartUp = startUp;
    }

    public Uri Address { get; }

    public ProbeClient Probe { get; }

    /// <summary>From the start of the process to the end of the first successful read.</summary>
    public TimeSpan StartUp { get; }

    public int ProcessId => _process.ProcessId;

    public Uri HotKey => new(Address, "/stocks/1/1");

    public static async Task<ServiceUnderTest> StartAsync(
        string name,
        string folder,
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyList<(string Name, string Value)> settings,
        CancellationToken cancellationToken)
    {
        var port = FreePorts.Take(IPAddress.Loopback);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        // In the folder for temporary files: the path of a socket has room for about a hundred letters.
        var probe = Path.Combine(Path.GetTempPath(), $"inventory-bench-{Guid.NewGuid():n}.sock");
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = address.OriginalString,
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [StartupHook.SocketVariable] = probe,
        };
        foreach (var (variable, value) in settings)
        {
            environment[variable] = value;
        }

        var began = TimeProvider.System.GetTimestamp();
        var process = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = name,
            FileName = program,
            Arguments = arguments,
            Environment = environment,
            WorkingDirectory = Path.GetDirectoryName(program),
            LogFile = Path.Combine(folder, name, $"{name}.log"),
        });
        try
        {
            await WaitAsync(process, address, cancellationToken);
            return new ServiceUnderTest(process, address, probe, TimeProvider.System.GetElapsedTime(began));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(Probe.Path);
    }

    private static async Task WaitAsync(ChildProcess process, Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        while (!IsListening(address) || !await AnswersAsync(client, timeout.Token))
        {
            if (process.HasExited || timeout.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new ToolException($"{process.Name} did not answer:\n{process.ReadLogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    // Cheaper than a request that is refused: the start is what is measured, and it has the same cores.
    private static bool IsListening(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri("/stocks/1/1", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
