using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Cassandra;
using Inventory.Tests.Cassandra.Fakes;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Cassandra;

/// <summary>A real node that is killed and started again. Not the shared one.</summary>
public sealed class NodeFailureTests(RealServers servers)
{
    private static readonly StockKey Key = new(1, 1);

    [Fact]
    public async Task A_client_survives_the_death_of_its_only_node_and_goes_on_when_it_is_back()
    {
        var stop = TestContext.Current.CancellationToken;
        var options = new Inventory.Servers.Cassandra.CassandraOptions { Directory = Path.Combine(servers.Folder, "failing") };
        await using var cluster = await CassandraCluster.StartAsync(options, stop);
        var connectionString = new CassandraConnectionString
        {
            ContactPoints = cluster.ContactPoints,
            Port = cluster.Port,
            LocalDatacenter = cluster.LocalDatacenter,
        };
        await using (var session = await CassandraSchemaClient.ConnectAsync(
            connectionString, TestClients.Options(), NullLoggerFactory.Instance, TimeProvider.System, stop))
        {
            await CassandraSchema.EnsureAsync(
                session, "inventory", new Dictionary<string, int> { [cluster.LocalDatacenter] = 1 }, stop);
        }

        await using var client = await TestClients.ConnectAsync(connectionString);
        await client.WriteAsync(Key, new StockLevel(5, 100, DateTimeOffset.UnixEpoch), stop);

        // Reads go on while it dies: each ends, with an answer or with an error.
        var reading = ReadUntilItFailsAsync(client);
        var node = cluster.Nodes[0];
        node.Process.Kill();
        Assert.IsAssignableFrom<CassandraException>(await reading.WaitAsync(TimeSpan.FromSeconds(30), stop));
        await Eventually.IsTrueAsync(() => !client.IsUsable);
        await Assert.ThrowsAsync<CassandraNoNodeException>(() => client.ReadAsync(Key, stop).AsTask());

        await node.RestartAsync(stop);
        await Eventually.IsTrueAsync(() => client.IsUsable);
        // The commit log is synced in the background, so what was written may be gone: what counts is the answer.
        await client.ReadAsync(Key, stop);
        await client.WriteAsync(Key, new StockLevel(6, 200, DateTimeOffset.UnixEpoch), stop);
        Assert.Equal(6, (await client.ReadAsync(Key, stop))?.StockCount);
    }

    private static async Task<Exception> ReadUntilItFailsAsync(CassandraClient client)
    {
        while (true)
        {
            try
            {
                await client.ReadAsync(Key, CancellationToken.None);
            }
            catch (CassandraException error)
            {
                return error;
            }
        }
    }
}
