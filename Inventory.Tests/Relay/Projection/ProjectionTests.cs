using FsCheck;
using FsCheck.Fluent;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Relay.Projection;
using Inventory.Tests.QueryApi;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Relay.Projection;

/// <summary>What the projection makes of a topic that is delivered in any order and as often as it likes.</summary>
public sealed class ProjectionTests(RealServers servers)
{
    private const int Keys = 3;

    private static long _nextItem = 1;

    [Fact]
    public async Task Duplicates_reordering_and_a_replay_from_zero_end_in_the_newest_version_of_every_key()
    {
        await using var keyspace = await TestKeyspace.CreateAsync(await servers.CassandraAsync());
        using var rig = new ProjectorRig(keyspace.Client);

        Prop.ForAll(Topics().ToArbitrary(), topic => RunAsync(keyspace.Client, rig.Projector, topic).GetAwaiter().GetResult())
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private static async Task RunAsync(CassandraClient cassandra, Projector projector, (int Key, int Version)[] topic)
    {
        var firstItem = Interlocked.Add(ref _nextItem, Keys);
        var messages = topic.Select((sent, offset) => Messages.Of(firstItem + sent.Key, sent.Version, offset)).ToArray();
        foreach (var batch in messages.Chunk(7).Concat(messages.Chunk(4)))
        {
            await projector.ApplyAsync(batch, TestContext.Current.CancellationToken);
        }

        foreach (var sent in topic.GroupBy(sent => firstItem + sent.Key))
        {
            var newest = sent.Max(each => each.Version);
            var key = new StockKey(sent.Key, 1);
            var expected = Messages.Level(newest);
            Assert.Equal(expected, await cassandra.ReadAsync(key, TestContext.Current.CancellationToken));
            var row = Assert.Single(await cassandra.ReadItemAsync(sent.Key, TestContext.Current.CancellationToken));
            Assert.Equal(new StockRow(key, expected), row);
        }
    }

    private static Gen<(int Key, int Version)[]> Topics() =>
        (from key in Gen.Choose(0, Keys - 1)
         from version in Gen.Choose(1, 12)
         select (key, version)).ArrayOf(25);
}
