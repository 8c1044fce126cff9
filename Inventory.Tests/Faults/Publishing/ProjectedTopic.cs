using System.Text;
using Confluent.Kafka;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Relay.Projection;
using Inventory.Tests.Cassandra.Fakes;
using Inventory.Tests.Postgres;
using Inventory.Tests.Relay.Projection;
using Inventory.Tests.Servers;
using Inventory.Tests.Tools;
using Inventory.Tools.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>Projects what publishers left in the topic into a keyspace of its own, and verifies it against their database.</summary>
internal static class ProjectedTopic
{
    private const string KeysSql = "SELECT array_agg(vendor_item_id || ':' || fulfillment_center_id) FROM stock";

    /// <param name="servers">Whose Cassandra has the keyspace.</param>
    /// <param name="database">What the rows are compared with.</param>
    /// <param name="kafka">Takes dead letters.</param>
    /// <param name="topic">All messages of the topic, which is that of other tests, too.</param>
    public static async Task AssertEqualsAsync(
        RealServers servers, TestDatabase database, string kafka, IReadOnlyList<Message<string, byte[]>> topic)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var keys = await database.ScalarAsync<string[]>(KeysSql);
        await using var keyspace = new RealKeyspace(servers);
        await keyspace.InitializeAsync();

        using var rig = new ProjectorRig(keyspace.Client, kafka);
        await rig.Projector.ApplyAsync(Take(topic, [.. keys]), cancellation);

        await using var inspector = await StockInspector.ConnectAsync(
            keyspace.ConnectionString, new CassandraOptions(), NullLoggerFactory.Instance, TimeProvider.System, cancellation);
        var result = await new Verifier(
            new PostgresStock(database.DataSource), inspector, new SilentDisplay(), TimeProvider.System, TimeSpan.Zero)
            .RunAsync(cancellation);
        Assert.Equal((keys.Length, null), (result.Keys, result.Difference));
    }

    private static List<TakenMessage> Take(IEnumerable<Message<string, byte[]>> topic, HashSet<string> keys) =>
    [
        .. topic
            .Where(message => keys.Contains(message.Key))
            .Select((message, offset) => new TakenMessage(
                new ConsumeResult<byte[], byte[]>
                {
                    Topic = ResourceNames.StockChangesTopic,
                    Partition = 0,
                    Offset = offset,
                    Message = new() { Key = Encoding.UTF8.GetBytes(message.Key), Value = message.Value },
                },
                DateTimeOffset.UtcNow)),
    ];
}
