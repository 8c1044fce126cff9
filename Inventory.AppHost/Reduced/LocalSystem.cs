using System.Security.Cryptography;
using Inventory.Contracts;
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
        var gatewayPort = LocalPorts.Resolve(_options.GatewayPort, ResourceNames.Gateway);
        var tokens = DevelopmentTokens.Open(Path.Combine(Repository.Root, ".inventory", "signing-key"));
        var dashboard = _options.DashboardPort is { } port
            ? Keep(await Dashboard.StartAsync(_options, LocalPorts.Resolve(port, "dashboard"), cancellationToken))
            : null;
        var launcher = new ServiceLauncher(_options, _options.TelemetryEndpoint ?? dashboard?.TelemetryEndpoint);

        Stores = Keep(await Stores.StartAsync(_options, cancellationToken));

        var (commandLogin, relayLogin) = (Login("command_api"), Login("relay"));
        await launcher.RunAsync(
            ResourceNames.Migrations,
            "Inventory.Migrations",
            Variables(
                Connection(ResourceNames.Database),
                Connection(ResourceNames.Keyspace),
                new("DatabaseLogins__CommandApi", commandLogin.Password),
                new("DatabaseLogins__Relay", relayLogin.Password)),
            cancellationToken);

        var (commandPort, queryPort, relayPort) = (LocalPorts.Take(), LocalPorts.Take(), LocalPorts.Take());
        var commandApi = launcher.StartAsync(
            ResourceNames.CommandApi,
            "Inventory.CommandApi",
            commandPort,
            Variables([ServiceLauncher.Connection(ResourceNames.Database, commandLogin.ConnectionString), .. tokens.Environment]),
            cancellationToken);
        var relay = launcher.StartAsync(
            ResourceNames.Relay,
            "Inventory.Relay",
            relayPort,
            Variables([
                ServiceLauncher.Connection(ResourceNames.Database, relayLogin.ConnectionString),
                Connection(ResourceNames.Kafka),
                Connection(ResourceNames.Keyspace),
                .. OldBroker.Environment]),
            cancellationToken);
        var queryApi = launcher.StartAsync(
            ResourceNames.QueryApi,
            "Inventory.QueryApi",
            queryPort,
            Variables(Connection(ResourceNames.Keyspace)),
            cancellationToken);
        var gateway = launcher.StartAsync(
            ResourceNames.Gateway,
            "Inventory.Gateway",
            gatewayPort,
            Variables([
                ServiceLauncher.Discovery(ResourceNames.QueryApi, queryPort),
                ServiceLauncher.Discovery(ResourceNames.CommandApi, commandPort),
                .. tokens.Environment]),
            cancellationToken);
        await Task.WhenAll(KeepAsync(commandApi), KeepAsync(relay), KeepAsync(queryApi), KeepAsync(gateway));
        (CommandApi, Relay, QueryApi, Gateway) = (await commandApi, await relay, await queryApi, await gateway);

        Endpoints = new SystemEndpoints(
            Gateway.Address,
            dashboard?.Address,
            tokens.Create("inventory.write"),
            Stores.ConnectionStrings,
            new Dictionary<string, Uri>
            {
                [ResourceNames.QueryApi] = QueryApi.Address,
                [ResourceNames.CommandApi] = CommandApi.Address,
                [ResourceNames.Relay] = Relay.Address,
            });
        Failed = WatchAsync();
    }

    private (string Password, string ConnectionString) Login(string login)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return (password,
            $"Host=127.0.0.1;Port={Stores.Postgres.Port};Database=inventory;Username={login};Password={password}");
    }

    private KeyValuePair<string, string?> Connection(string name) =>
        ServiceLauncher.Connection(name, Stores.ConnectionStrings[name]);

    private static Dictionary<string, string?> Variables(params ReadOnlySpan<KeyValuePair<string, string?>> variables) =>
        new(variables.ToArray());

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
