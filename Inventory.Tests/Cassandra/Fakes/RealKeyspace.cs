using Inventory.Cassandra;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>A keyspace of its own on the shared real node, for the tests of one class.</summary>
public sealed class RealKeyspace(RealServers servers) : IAsyncLifetime
{
    private static int _count;

    public CassandraConnectionString ConnectionString { get; private set; } = null!;

    public string Name => ConnectionString.Keyspace;

    public CassandraClient Client { get; private set; } = null!;

    internal RealSession Session { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cluster = await servers.CassandraAsync();
        ConnectionString = new CassandraConnectionString
        {
            ContactPoints = cluster.ContactPoints,
            Port = cluster.Port,
            LocalDatacenter = cluster.LocalDatacenter,
            Keyspace = $"cql_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}",
        };
        Session = new RealSession(await CassandraSchemaClient.ConnectAsync(
            ConnectionString, TestClients.Options(), NullLoggerFactory.Instance, TimeProvider.System, default));
        await EnsureAsync();
        Client = await TestClients.ConnectAsync(ConnectionString);
    }

    public Task EnsureAsync() => CassandraSchema.EnsureAsync(
        Session.Client, Name, new Dictionary<string, int> { [ConnectionString.LocalDatacenter!] = 1 }, default);

    public async ValueTask DisposeAsync()
    {
        if (Client is not null)
        {
            await Client.DisposeAsync();
        }

        if (Session is not null)
        {
            await Session.ExecuteAsync($"DROP KEYSPACE IF EXISTS {Name}", default);
            await Session.Client.DisposeAsync();
        }
    }
}
