using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Relay.Projection;
using Inventory.Tests.Cassandra.Fakes;
using Inventory.Tests.Postgres;
using Inventory.Tests.Relay.Projection;
using Inventory.Tests.Servers;
using Inventory.Tests.Tools;
using Inventory.Tools.Verification;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>Projects what publishers left in the topic into a keyspace of its own, and verifies it against their database.</summary>
internal static class ProjectedTopic
{
    private const string KeysSql = "SELECT array_agg(vendor_item_id || ':' || fulfillment_center_id) FROM stock";

    public static async Task AssertEqualsAsync(RealServers servers, TestDatabase database, string kafka)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var keys = await database.ScalarAsync<string[]>(KeysSql);
        await using var keyspace = new RealKeyspace(servers);
        await keyspace.InitializeAsync();

        using var rig = new ProjectorRig(keyspace.Client, kafka);
        await rig.Projector.ApplyAsync(Read(kafka, [.. keys]), cancellation);

        var result = await new Verifier(
            new PostgresStock(database.DataSource), keyspace.Client, new SilentDisplay(), TimeProvider.System, TimeSpan.Zero)
            .RunAsync(cancellation);
        Assert.Equal((keys.Length, null), (result.Keys, result.Difference));
    }

    // The topic is that of other tests, too.
    private static List<TakenMessage> Read(string kafka, HashSet<string> keys) =>
    [
        .. TopicReader.ReadAll(kafka, ResourceNames.StockChangesTopic)
            .Where(message => keys.Contains(message.Key))
            .Select((message, offset) => new TakenMessage(
                new ConsumeResult<string, byte[]>
                {
                    Topic = ResourceNames.StockChangesTopic, Partition = 0, Offset = offset, Message = message,
                },
                DateTimeOffset.UtcNow)),
    ];
}
