using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;

namespace Inventory.Tests.QueryApi;

/// <summary>One query API on one keyspace for the tests of a class, which keep to vendor items of their own.</summary>
public sealed class QueryApiFixture(RealServers servers) : IAsyncLifetime
{
    internal TestKeyspace Keyspace { get; private set; } = null!;

    internal ServiceHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Keyspace = await TestKeyspace.CreateAsync(await servers.CassandraAsync());
        Host = await QueryApiHost.StartAsync(
            Keyspace.ConnectionString, ("Stocks:HeartbeatInterval", "00:00:00.2"));
        await Eventually.IsTrueAsync(async () =>
        {
            using var health = await Host.ReadAsync("/health");
            return health.IsSuccessStatusCode;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Keyspace.DisposeAsync();
    }
}
