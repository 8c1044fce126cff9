using Inventory.Servers.Packages;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Reduced;

/// <summary>The real Aspire dashboard, which takes the telemetry of every service.</summary>
internal sealed class Dashboard : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private Dashboard(ChildProcess process, Uri address, Uri telemetryEndpoint)
    {
        _process = process;
        Address = address;
        TelemetryEndpoint = telemetryEndpoint;
    }

    public Uri Address { get; }

    /// <summary>OTLP, protobuf over HTTP.</summary>
    public Uri TelemetryEndpoint { get; }

    /// <summary>Starts it without waiting: it is of use before it is ready, and nothing depends on it.</summary>
    public static async Task<Dashboard> StartAsync(LocalSystemOptions options, int port, CancellationToken cancellationToken)
    {
        var packages = await ServerPackages.EnsureAsync(options.Progress, cancellationToken);
        var address = LocalPorts.Address(port);
        var telemetry = LocalPorts.Address(LocalPorts.Take());
        var telemetryOverGrpc = LocalPorts.Address(LocalPorts.Take());
        var process = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "Aspire dashboard",
            FileName = packages.AspireCli,
            Arguments =
            [
                "dashboard", "run", "--non-interactive", "--nologo", "--allow-anonymous",
                "--frontend-url", address.OriginalString,
                "--otlp-http-url", telemetry.OriginalString,
                "--otlp-grpc-url", telemetryOverGrpc.OriginalString,
            ],
            Environment = new Dictionary<string, string?> { ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true" },
            LogFile = Path.Combine(options.Directory, "dashboard", "dashboard.log"),
        });
        return new Dashboard(process, address, telemetry);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
