using System.Collections.Concurrent;
using Confluent.Kafka;
using FsCheck;
using FsCheck.Fluent;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Relay.Projection;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.Relay.Projection;

/// <summary>One partition's way, over a writer that acknowledges in any order.</summary>
public sealed class PartitionLaneTests
{
    private static readonly TopicPartition Partition = new("topic", 0);

    [Fact]
    public void No_offset_is_stored_before_every_write_up_to_it_was_acknowledged() =>
        Prop.ForAll(Gen.Choose(1, 3000).ToArbitrary(), count => RunAsync(count).GetAwaiter().GetResult())
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public async Task A_message_that_comes_alone_is_written_while_earlier_ones_still_wait()
    {
        var slow = new TaskCompletionSource();
        var writer = new ScriptedWriter(row => row.Key.VendorItemId == 1 ? slow.Task : Task.CompletedTask);
        using var rig = new ProjectorRig(writer);
        var stored = new ConcurrentQueue<long>();
        using var lane = new PartitionLane(Partition, rig.Projector, next => stored.Enqueue(next.Offset.Value));

        lane.Add(Messages.Of(item: 1, version: 1, offset: 0));
        await Eventually.IsTrueAsync(() => Task.FromResult(lane.OldestTakenAt is not null));
        lane.Add(Messages.Of(item: 2, version: 1, offset: 1));

        await Eventually.IsTrueAsync(() => Task.FromResult(writer.Acknowledged.Count == 1));
        Assert.Empty(stored);
        slow.SetResult();
        await lane.DrainAsync();
        Assert.Equal(2, stored.Last());
    }

    [Fact]
    public async Task While_cassandra_is_away_the_lane_fills_and_waits_and_then_catches_up_with_nothing_dropped()
    {
        var isAway = true;
        var writer = new ScriptedWriter(_ => Volatile.Read(ref isAway)
            ? Task.FromException(new CassandraNoNodeException("None."))
            : Task.CompletedTask);
        using var rig = new ProjectorRig(writer);
        var stored = new ConcurrentQueue<long>();
        using var lane = new PartitionLane(Partition, rig.Projector, next => stored.Enqueue(next.Offset.Value));
        var sent = 0;
        for (; !lane.IsFull || lane.WaitForRoom(TimeSpan.FromMilliseconds(20)); sent++)
        {
            lane.Add(Messages.Of(item: sent + 1, version: 1, offset: sent));
        }

        Assert.True(rig.Projector.IsFailing);
        Assert.Empty(stored);
        Volatile.Write(ref isAway, false);
        await Eventually.IsTrueAsync(() => Task.FromResult(lane.HasRoom && lane.Next == sent));

        Assert.False(rig.Projector.IsFailing);
        Assert.Equal(sent, writer.Acknowledged.Select(row => row.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_lane_that_is_let_go_stores_nothing_of_what_is_acknowledged_later()
    {
        var slow = new TaskCompletionSource();
        using var rig = new ProjectorRig(new ScriptedWriter(_ => slow.Task));
        var stored = new ConcurrentQueue<long>();
        var lane = new PartitionLane(Partition, rig.Projector, next => stored.Enqueue(next.Offset.Value));
        lane.Add(Messages.Of(item: 1, version: 1, offset: 0));
        await Eventually.IsTrueAsync(() => Task.FromResult(lane.OldestTakenAt is not null));

        lane.Dispose();
        slow.SetResult();

        Assert.False(lane.DrainAsync().IsCompletedSuccessfully);
        Assert.Empty(stored);
    }

    private static async Task RunAsync(int count)
    {
        var acknowledged = new ConcurrentDictionary<StockKey, long>();
        using var rig = new ProjectorRig(new ScriptedWriter(async row =>
        {
            // Some at once, some later, some only at the second attempt.
            switch (Random.Shared.Next(20))
            {
                case 0:
                    await Task.Delay(Random.Shared.Next(3));
                    break;
                case 1 when Random.Shared.Next(20) == 0:
                    throw new CassandraTimeoutException("Later.");
                case < 10:
                    await Task.Yield();
                    break;
            }

            acknowledged.AddOrUpdate(row.Key, row.Level.Version, (_, known) => Math.Max(known, row.Level.Version));
        }));
        var messages = Enumerable.Range(0, count)
            .Select(offset => (Item: Random.Shared.Next(1, 50), Version: Random.Shared.Next(1, 100), Offset: offset))
            .ToArray();
        var stored = -1L;
        var checkedUpTo = 0;
        using var lane = new PartitionLane(Partition, rig.Projector, next =>
        {
            Assert.True(next.Offset.Value > stored, "An offset went back.");
            stored = next.Offset.Value;
            for (; checkedUpTo < stored; checkedUpTo++)
            {
                var (item, version, _) = messages[checkedUpTo];
                Assert.True(acknowledged.GetValueOrDefault(new StockKey(item, 1)) >= version, "An offset passed a write.");
            }
        });

        Array.ForEach(messages, message => lane.Add(Messages.Of(message.Item, message.Version, message.Offset)));
        await Eventually.IsTrueAsync(() => Task.FromResult(lane.Next == count || lane.Fault is not null));

        Assert.Null(lane.Fault);
        Assert.Equal(count, stored);
    }
}
