using System.Security.Cryptography;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Packages;

namespace Inventory.AppHost.Reduced;

/// <summary>
/// The whole system as child processes of this one:
/// <code>
/// gateway ─┬─ query-api ──────────── Cassandra
///          └─ command-api ─ Postgres     │
///                  relay ─────┴─ Kafka ──┘
/// </code>
/// </summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];
    private readonly LocalSystemOptions _options;

    private LocalSystem(LocalSystemOptions options) => _options = options;

    public Stores Stores { get; private set; } = null!;

    public ServiceProcess CommandApi { get; private set; } = null!;

    public ServiceProcess QueryApi { get; private set; } = null!;

    public ServiceProcess Relay { get; private set; } = null!;

    public ServiceProcess Gateway { get; private set; } = null!;

    public SystemEndpoints Endpoints { get; private set; } = null!;

    /// <summary>Completes with a sentence when a part of the system ends without having been told to.</summary>
    public Task<string> Failed { get; private set; } = null!;

    public static async Task<LocalSystem> StartAsync(LocalSystemOptions options, CancellationToken cancellationToken)
    {
        var system = new LocalSystem(options);
        try
        {
            await system.StartAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops in the reverse order, so that nothing loses what it depends on while it drains.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var index = _started.Count - 1; index >= 0; index--)
        {
            await _started[index].DisposeAsync();
        }

        _started.Clear();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var tokens = DevelopmentTokens.Open(Path.Combine(Repository.Root, ".inventory", "signing-key"));
        var gatewayPort = LocalPorts.Resolve(_options.GatewayPort, ResourceNames.Gateway);
        var dashboard = _options.DashboardPort is { } port
            ? Keep(await Dashboard.StartAsync(_options, LocalPorts.Resolve(port, "dashboard"), cancellationToken))
            : null;
        var launcher = new ServiceLauncher(_options, _options.TelemetryEndpoint ?? dashboard?.TelemetryEndpoint);

        Stores = Keep(await Stores.StartAsync(_options, cancellationToken));
        var (commandApiPassword, relayPassword) = (NewPassword(), NewPassword());
        await launcher.RunAsync(
            ResourceNames.Migrations,
            "Inventory.Migrations",
            ServiceVariables.Migrations(Stores.ConnectionStrings, commandApiPassword, relayPassword),
            cancellationToken);
        await StartServicesAsync(launcher, gatewayPort, commandApiPassword, relayPassword, tokens, cancellationToken);

        Endpoints = Describe(dashboard?.Address, tokens);
        Failed = WatchAsync();
    }

    private async Task StartServicesAsync(
        ServiceLauncher launcher,
        int gatewayPort,
        string commandApiPassword,
        string relayPassword,
        DevelopmentTokens tokens,
        CancellationToken cancellationToken)
    {
        var (commandPort, queryPort, relayPort) = (LocalPorts.Take(), LocalPorts.Take(), LocalPorts.Take());
        var commandApi = launcher.StartAsync(
            ResourceNames.CommandApi,
            "Inventory.CommandApi",
            commandPort,
            ServiceVariables.CommandApi(Database(StoreNames.CommandApiLogin, commandApiPassword), tokens),
            cancellationToken);
        var relay = launcher.StartAsync(
            ResourceNames.Relay,
            "Inventory.Relay",
            relayPort,
            ServiceVariables.Relay(Database(StoreNames.RelayLogin, relayPassword), Stores.ConnectionStrings),
            cancellationToken);
        var queryApi = launcher.StartAsync(
            ResourceNames.QueryApi,
            "Inventory.QueryApi",
            queryPort,
            ServiceVariables.QueryApi(Stores.ConnectionStrings),
            cancellationToken);
        var gateway = launcher.StartAsync(
            ResourceNames.Gateway,
            "Inventory.Gateway",
            gatewayPort,
            ServiceVariables.Gateway(queryPort, commandPort, tokens),
            cancellationToken);
        await Task.WhenAll(KeepAsync(commandApi), KeepAsync(relay), KeepAsync(queryApi), KeepAsync(gateway));
        (CommandApi, Relay, QueryApi, Gateway) = (await commandApi, await relay, await queryApi, await gateway);
    }

    private SystemEndpoints Describe(Uri? dashboard, DevelopmentTokens tokens) => new(
        Gateway.Address,
        dashboard,
        tokens.Create(DevelopmentTokens.WriteScope),
        Stores.ConnectionStrings,
        new Dictionary<string, Uri>
        {
            [ResourceNames.QueryApi] = QueryApi.Address,
            [ResourceNames.CommandApi] = CommandApi.Address,
            [ResourceNames.Relay] = Relay.Address,
        });

    private string Database(string login, string password) =>
        ServiceVariables.Database(Stores.Postgres.Port, login, password);

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private async Task<string> WatchAsync()
    {
        var running = new Dictionary<Task<int>, string>
        {
            [Stores.Postgres.Process.Exited] = "PostgreSQL",
            [Stores.Kafka.Zookeeper.Exited] = "ZooKeeper",
            [Stores.Kafka.Brokers[0].Process.Exited] = "Kafka",
            [Stores.Cassandra.Nodes[0].Process.Exited] = "Cassandra",
            [CommandApi.Process.Exited] = ResourceNames.CommandApi,
            [QueryApi.Process.Exited] = ResourceNames.QueryApi,
            [Relay.Process.Exited] = ResourceNames.Relay,
            [Gateway.Process.Exited] = ResourceNames.Gateway,
        };
        var ended = await Task.WhenAny(running.Keys);
        return $"{running[ended]} ended by itself with exit code {await ended}; its log is in {_options.Directory}.";
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Add(started);
        return started;
    }

    private async Task KeepAsync(Task<ServiceProcess> starting)
    {
        var service = await starting;
        lock (_started)
        {
            _started.Add(service);
        }
    }
}
