using System.Globalization;
using System.Runtime.InteropServices;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts.Composition;
using Inventory.Servers;
using Inventory.Servers.Packages;

namespace Inventory.AppHost.Reduced;

/// <summary>
/// Runs the system until it is told to stop: <c>[--fresh] [--no-dashboard] [--gateway-port N]</c>.
/// </summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int DefaultGatewayPort = ServicePorts.Gateway;
    private const int DefaultDashboardPort = 18888;

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

        var endpointsFile = new EndpointsFile(Path.Combine(Repository.Root, ".inventory", "endpoints.json"));
        var progress = new StageClock(Console.WriteLine);
        try
        {
            await using var system = await LocalSystem.StartAsync(Options(args, progress.Report), stop.Token);
            await endpointsFile.WriteAsync(system.Endpoints, CancellationToken.None);
            AddressTable.Write(system.Endpoints);
            progress.Report("Ready. Ctrl-C stops everything.");
            var stopped = await Task.WhenAny(system.Failed, WaitAsync(stop.Token));
            progress.Report(stopped == system.Failed ? await system.Failed : "Stopping ...");
            endpointsFile.Delete();
            return stopped == system.Failed ? Failed : 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is MissingPrerequisiteException or ServerStartException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
        finally
        {
            endpointsFile.Delete();
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static LocalSystemOptions Options(string[] args, Action<string> progress) => new()
    {
        Directory = Path.Combine(Repository.Root, ".inventory", "run"),
        Reuse = !args.Contains("--fresh", StringComparer.Ordinal),
        GatewayPort = Value(args, "--gateway-port") ?? DefaultGatewayPort,
        DashboardPort = args.Contains("--no-dashboard", StringComparer.Ordinal) ? null : DefaultDashboardPort,
        Progress = progress,
    };

    private static int? Value(string[] args, string name)
    {
        var index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length
            && int.TryParse(args[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    private static Task WaitAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        cancellationToken.Register(cancelled.SetResult);
        return cancelled.Task;
    }
}
