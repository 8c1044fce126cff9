using Inventory.Contracts.Composition;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Reduced;

/// <summary>
/// Starts our services with the environment variables that Aspire would give them, so that a service cannot tell which
/// of the two started it.
/// </summary>
internal sealed class ServiceLauncher(LocalSystemOptions options, Uri? telemetryEndpoint)
{
    // A request may take 10 s and the host drains for 30 s at most.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(35);

    /// <summary>Runs a program to its end.</summary>
    public async Task RunAsync(
        string name, string project, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System.GetTimestamp();
        await ChildProcess.RunAsync(Describe(name, project, environment), cancellationToken);
        options.Progress?.Invoke($"{name} is done after {TimeProvider.System.GetElapsedTime(clock).TotalSeconds:0.0} s.");
    }

    /// <summary>Starts a web service and waits until it is ready.</summary>
    public Task<ServiceProcess> StartAsync(
        string name,
        string project,
        int port,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken)
    {
        var address = LocalPorts.Address(port);
        var withAddress = new Dictionary<string, string?>(environment) { ["ASPNETCORE_URLS"] = address.OriginalString };
        return ServiceProcess.StartAsync(
            Describe(name, project, withAddress), address, options.Progress, cancellationToken);
    }

    private ChildProcessOptions Describe(string name, string project, IReadOnlyDictionary<string, string?> environment)
    {
        var all = new Dictionary<string, string?>(options.Environment)
        {
            ["OTEL_SERVICE_NAME"] = name,
            [ConfigurationKeys.TelemetryEndpoint] = telemetryEndpoint?.OriginalString,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",

            // Sooner than in production: a person waits for the trace, and tests do.
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "5000",

            // Several services share two cores here.
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (variable, value) in environment)
        {
            all[variable] = value;
        }

        return new ChildProcessOptions
        {
            Name = name,
            FileName = "dotnet",
            Arguments = [Assembly(project)],
            Environment = all,
            WorkingDirectory = Path.GetDirectoryName(Assembly(project)),
            LogFile = Path.Combine(options.Directory, name, $"{name}.log"),
            StopTimeout = StopTimeout,
        };
    }

    // Everything is built into artifacts/bin/{project}/{configuration}, this program too.
    private static string Assembly(string project)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
    }
}
