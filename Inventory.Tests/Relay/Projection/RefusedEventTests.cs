using System.Collections.Concurrent;
using Inventory.Cassandra.Errors;
using Inventory.Contracts;
using Inventory.Relay.Projection;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;
using Inventory.Tools.DeadLetters;

namespace Inventory.Tests.Relay.Projection;

/// <summary>Events that can be read and that Cassandra will not have. The dead letters are on a real broker.</summary>
public sealed class RefusedEventTests(RealServers servers)
{
    private const int Partition = 11;

    private static readonly CassandraServerException Refusal = new(CassandraErrorCode.Invalid, "Out of range.");

    [Fact]
    public async Task An_event_that_cassandra_refuses_while_it_takes_others_is_set_aside_and_its_partition_goes_on()
    {
        var offset = Random.Shared.NextInt64(1, long.MaxValue / 2);
        var kafka = await servers.KafkaAsync();
        await kafka.CreateTopicAsync(
            ResourceNames.DeadLetterTopic, 1, new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        using var rig = new ProjectorRig(
            new ScriptedWriter(row => row.Key.VendorItemId == 1 ? Task.FromException(Refusal) : Task.CompletedTask),
            kafka.BootstrapServers);
        var stored = new ConcurrentQueue<long>();
        using var lane = new PartitionLane(new("topic", Partition), rig.Projector, next => stored.Enqueue(next.Offset.Value));

        var refused = offset;
        lane.Add(Messages.Of(item: 1, version: 1, refused));
        await Eventually.IsTrueAsync(async () =>
        {
            lane.Add(Messages.Of(item: 2, version: 1, ++offset));
            await Task.Yield();
            return !stored.IsEmpty;
        });

        var letter = Assert.Single(
            new DeadLetterTopic(kafka.BootstrapServers, TimeProvider.System).ReadAll(TestContext.Current.CancellationToken),
            letter => letter.Offset == refused);
        Assert.StartsWith("Cassandra refuses it", letter.Reason, StringComparison.Ordinal);
        Assert.Equal(Messages.Of(item: 1, version: 1, offset: 0).Result.Message.Value, letter.Value);
    }

    [Fact]
    public async Task Bug_An_older_change_in_the_batch_of_a_refused_one_is_written_in_its_place()
    {
        var kafka = await servers.KafkaAsync();
        await kafka.CreateTopicAsync(
            ResourceNames.DeadLetterTopic, 1, new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        var writer = new ScriptedWriter(row => row.Key.VendorItemId == 1 && row.Level.Version > 2
            ? Task.FromException(Refusal)
            : Task.CompletedTask);
        using var rig = new ProjectorRig(writer, kafka.BootstrapServers);
        var offset = Random.Shared.NextInt64(1, long.MaxValue / 2);
        long[] versions = [1, 4, 2, 3, 2];

        var batch = rig.Projector.ApplyAsync(
            [.. versions.Select((version, index) => Messages.Of(item: 1, version, offset + index))],
            TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(async () =>
        {
            await rig.Projector.ApplyAsync(
                [Messages.Of(item: 2, version: 1, offset)], TestContext.Current.CancellationToken);
            return batch.IsCompleted;
        });

        await batch;
        var written = Assert.Single(writer.Acknowledged, row => row.Key.VendorItemId == 1);
        Assert.Equal(2, written.Level.Version);
    }

    [Fact]
    public async Task Nothing_is_set_aside_while_cassandra_refuses_everything()
    {
        var refuses = true;
        var attempts = 0;
        var writer = new ScriptedWriter(_ =>
        {
            Interlocked.Increment(ref attempts);
            return Volatile.Read(ref refuses) ? Task.FromException(Refusal) : Task.CompletedTask;
        });

        // No broker: a dead letter would never be kept, and the lane never go on.
        using var rig = new ProjectorRig(writer);
        var stored = new ConcurrentQueue<long>();
        using var lane = new PartitionLane(new("topic", Partition), rig.Projector, next => stored.Enqueue(next.Offset.Value));
        lane.Add(Messages.Of(item: 1, version: 1, offset: 0));
        await Eventually.IsTrueAsync(() => Task.FromResult(Volatile.Read(ref attempts) >= 5));

        Volatile.Write(ref refuses, false);
        await Eventually.IsTrueAsync(() => Task.FromResult(stored.Contains(1)));
        Assert.Single(writer.Acknowledged);
    }
}
