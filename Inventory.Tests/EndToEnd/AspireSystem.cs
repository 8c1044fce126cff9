using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Inventory.AppHost.Endpoints;
using Inventory.AppHost.Running;
using Inventory.AppHost.Stores.Embedded;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Inventory.Tests.EndToEnd;

/// <summary>The application that users run, with embedded stores and data of its own, and ways to break its parts.</summary>
internal sealed class AspireSystem : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DistributedApplication _application;
    private readonly DistributedApplicationModel _model;

    private AspireSystem(DistributedApplication application, SystemEndpoints endpoints)
    {
        _application = application;
        _model = application.Services.GetRequiredService<DistributedApplicationModel>();
        Endpoints = endpoints;
    }

    public SystemEndpoints Endpoints { get; }

    /// <summary>The brokers.</summary>
    public string BootstrapServers => Endpoints.ConnectionStrings[ResourceNames.Kafka];

    /// <param name="folder">For data, logs and the file with the addresses.</param>
    /// <param name="telemetry">Takes what the services tell, OTLP over HTTP; null for nobody.</param>
    /// <param name="arguments">More of what the AppHost understands.</param>
    public static async Task<AspireSystem> StartAsync(string folder, Uri? telemetry, params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var endpointsFile = Path.Combine(folder, "endpoints.json");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Inventory_AppHost>(
            [
                "--stores", "embedded", "--data-directory", folder, "--endpoints-file", endpointsFile,
                "--gateway-port", "0", "--progress", "false", .. Secrets(), .. arguments,
            ],
            deadline.Token);
        if (telemetry is not null)
        {
            SendTelemetry(builder, telemetry);
        }

        // What the services and stores say is in their own logs, and in the message of a start that failed.
        builder.Services.AddLogging(static logging => logging.AddFilter("Inventory.AppHost.Resources", LogLevel.None));
        var application = await builder.BuildAsync(deadline.Token);
        try
        {
            await application.StartAsync(deadline.Token);
            await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Gateway, deadline.Token);
            await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Relay, deadline.Token);
            return new AspireSystem(application, await EndpointsAsync(endpointsFile, deadline.Token));
        }
        catch (Exception exception)
        {
            var logs = await ResourceLogs.TailsAsync(application);
            await application.DisposeAsync();
            throw new InvalidOperationException($"The system did not start: {exception.Message}\n{logs}", exception);
        }
    }

    /// <summary>The processes that a service or a store runs as.</summary>
    public IReadOnlyList<int> ProcessIds(string resource)
    {
        Assert.True(_application.ResourceNotifications.TryGetCurrentState(resource, out var state), $"Nobody knows of {resource}.");
        return ResidentMemory.ProcessIds(state.Snapshot);
    }

    /// <summary>SIGKILL; returns when the orchestrator has noticed.</summary>
    public async Task KillAsync(string service)
    {
        Signal(service, ProcessSignal.Kill);
        await _application.ResourceNotifications.WaitForResourceAsync(
            service, KnownResourceStates.TerminalStates, TestContext.Current.CancellationToken);
    }

    public void Pause(string service) => Signal(service, ProcessSignal.Stop);

    public void Resume(string service) => Signal(service, ProcessSignal.Continue);

    /// <summary>The command of the dashboard; returns when it has stopped.</summary>
    public async Task StopAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StopCommand);
        await _application.ResourceNotifications.WaitForResourceAsync(
            resource, KnownResourceStates.TerminalStates, TestContext.Current.CancellationToken);
    }

    /// <summary>The command of the dashboard: a service or a store goes on where it was, at the same address.</summary>
    public async Task StartAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StartCommand);
        await HealthyAsync(resource);
    }

    /// <summary>The command of the dashboard, for a store.</summary>
    public async Task RestartAsync(string store)
    {
        await ExecuteAsync(store, KnownResourceCommands.RestartCommand);
        await HealthyAsync(store);
    }

    /// <summary>SIGKILL to the last process of a store (the broker, not its ZooKeeper); returns when that is known.</summary>
    public async Task KillStoreAsync(string store)
    {
        var process = _model.Resources.OfType<EmbeddedServer>().Single(server => server.Name == store).Processes[^1];
        process.Kill();
        await process.Exited;
        await _application.ResourceNotifications.WaitForResourceAsync(
            store, KnownResourceStates.TerminalStates, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    // Of their own: those of the developer are in the user secrets, and stay as they are.
    private static IEnumerable<string> Secrets() =>
        new[]
        {
            ParameterNames.PostgresPassword, ParameterNames.CommandApiPassword, ParameterNames.RelayPassword,
            ParameterNames.TokenSigningKey,
        }.Select(name => $"--Parameters:{name}={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");

    private static void SendTelemetry(IDistributedApplicationTestingBuilder builder, Uri telemetry)
    {
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(service)
                .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", telemetry.OriginalString)
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")

                // Sooner than in production: the tests wait for the trace.
                .WithEnvironment("OTEL_BSP_SCHEDULE_DELAY", "500")
                .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", "5000");
        }
    }

    // Written when all is ready, a moment after the last part says so.
    private static async Task<SystemEndpoints> EndpointsAsync(string file, CancellationToken cancellationToken)
    {
        while (!File.Exists(file))
        {
            await Task.Delay(20, cancellationToken);
        }

        await using var stream = File.OpenRead(file);
        return (await System.Text.Json.JsonSerializer.DeserializeAsync(
            stream, EndpointsJson.Default.SystemEndpoints, cancellationToken))!;
    }

    // Whatever it was before: on a busy machine its end may still be the last that is known of it.
    private async Task HealthyAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, TestContext.Current.CancellationToken);
        await _application.ResourceNotifications.WaitForResourceHealthyAsync(
            resource, WaitBehavior.WaitOnResourceUnavailable, both.Token);
    }

    private async Task ExecuteAsync(string resource, string command)
    {
        var result = await _application.ResourceCommands.ExecuteCommandAsync(
            resource, command, TestContext.Current.CancellationToken);
        Assert.True(result.Success, $"'{command}' of {resource} failed: {result.Message}");
    }

    private void Signal(string service, ProcessSignal signal) =>
        Assert.Equal(0, NativeMethods.Kill(Assert.Single(ProcessIds(service)), (int)signal));
}
