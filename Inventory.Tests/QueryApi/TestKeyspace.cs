using System.Globalization;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Cassandra;
using Microsoft.Extensions.Logging.Abstractions;
using ClientOptions = Inventory.Cassandra.CassandraOptions;

namespace Inventory.Tests.QueryApi;

/// <summary>A keyspace of its own on a real Cassandra, with the tables of the read side.</summary>
internal sealed class TestKeyspace : IAsyncDisposable
{
    private readonly CassandraClient _client;

    private TestKeyspace(CassandraConnectionString connection, CassandraClient client)
    {
        Connection = connection;
        _client = client;
    }

    public CassandraConnectionString Connection { get; }

    public CassandraClient Client => _client;

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture,
        $"Contact Points={string.Join(',', Connection.ContactPoints)};Port={Connection.Port};"
            + $"Local Datacenter={Connection.LocalDatacenter};Default Keyspace={Connection.Keyspace}");

    public static async Task<TestKeyspace> CreateAsync(CassandraCluster cluster)
    {
        var token = TestContext.Current.CancellationToken;
        var connection = new CassandraConnectionString
        {
            ContactPoints = cluster.ContactPoints,
            Port = cluster.Port,
            LocalDatacenter = cluster.LocalDatacenter,
            Keyspace = $"test_{Guid.NewGuid():n}",
        };
        await using (var schema = await CassandraSchemaClient.ConnectAsync(
            connection, new ClientOptions(), NullLoggerFactory.Instance, TimeProvider.System, token))
        {
            var replicas = new Dictionary<string, int> { [cluster.LocalDatacenter] = 1 };
            await CassandraSchema.EnsureAsync(schema, connection.Keyspace, replicas, token);
        }

        return new TestKeyspace(connection, await CassandraClient.ConnectAsync(
            connection, new ClientOptions(), NullLoggerFactory.Instance, TimeProvider.System, token));
    }

    public Task<StockInspector> InspectAsync() => StockInspector.ConnectAsync(
        Connection,
        new ClientOptions(),
        NullLoggerFactory.Instance,
        TimeProvider.System,
        TestContext.Current.CancellationToken);

    public ValueTask WriteAsync(long vendorItemId, int fulfillmentCenterId, StockLevel level) => _client.WriteAsync(
        new StockKey(vendorItemId, fulfillmentCenterId), level, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
