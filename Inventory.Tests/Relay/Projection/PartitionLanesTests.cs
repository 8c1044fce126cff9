using Confluent.Kafka;
using Inventory.Relay.Projection;
using Inventory.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Relay.Projection;

/// <summary>The lanes of one member, with a consumer that reaches no broker.</summary>
public sealed class PartitionLanesTests : IDisposable
{
    private readonly TaskCompletionSource _cassandra = new();
    private readonly ProjectorRig _rig;
    private readonly IConsumer<byte[], byte[]> _consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = "127.0.0.1:1",
        GroupId = "lanes",
        EnableAutoOffsetStore = false,
        ApiVersionRequest = false,
        BrokerVersionFallback = "0.9.0.1",
    })
        .SetLogHandler((_, _) => { })
        .Build();

    private readonly PartitionLanes _lanes;

    public PartitionLanesTests()
    {
        _rig = new ProjectorRig(new ScriptedWriter(_ => _cassandra.Task));
        _lanes = new PartitionLanes(_consumer, _rig.Projector, NullLogger<PartitionLanes>.Instance);
    }

    public void Dispose()
    {
        _lanes.Lose(_lanes.All.Select(lane => lane.Partition).ToArray());
        _consumer.Dispose();
        _rig.Dispose();
    }

    [Theory]
    [InlineData(1, 16_384)]
    [InlineData(4, 4_096)]
    [InlineData(64, 1_024)]
    public void Lanes_share_one_bound_of_what_waits_but_each_has_some_of_it(int partitions, int each)
    {
        _lanes.Assign(Partitions(partitions));

        Assert.All(_lanes.All, lane => Assert.Equal(each, lane.Capacity));
    }

    [Fact]
    public void Lanes_that_stay_take_over_the_share_of_those_that_go()
    {
        _lanes.Assign(Partitions(4));

        _lanes.Revoke(Partitions(4)[2..]);

        Assert.All(_lanes.All, lane => Assert.Equal(8_192, lane.Capacity));
    }

    [Fact]
    public async Task A_partition_pauses_when_its_lane_stays_full_and_goes_on_when_it_has_emptied()
    {
        var partitions = Partitions(16);
        _consumer.Assign(partitions);
        _lanes.Assign(partitions);
        var offset = 0;
        while (!_lanes.AnyPaused)
        {
            _lanes.Add(Messages.Of(item: 1, version: 1, offset++));
        }

        Assert.Equal(1_024, _lanes.All.Single(lane => lane.IsPaused).Capacity);
        _cassandra.SetResult();
        await Eventually.IsTrueAsync(() =>
        {
            _lanes.Tend();
            return Task.FromResult(!_lanes.AnyPaused);
        });
    }

    // As Messages has them.
    private static TopicPartition[] Partitions(int count) =>
        [.. Enumerable.Range(0, count).Select(partition => new TopicPartition("topic", partition))];
}
