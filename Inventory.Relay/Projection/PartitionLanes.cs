using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Inventory.Relay.Projection;

/// <summary>
/// The partitions that this member of the group has, a lane for each. Its methods that change anything are called on the
/// thread that polls, where also the client's rebalance callbacks come.
/// </summary>
internal sealed partial class PartitionLanes(
    IConsumer<byte[], byte[]> consumer, Projector projector, ILogger<PartitionLanes> logger)
{
    // What is in flight takes milliseconds; while Cassandra is away the other members must not wait for us longer than a
    // fraction of the session.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(3);

    // Pausing throws away what the client has fetched ahead, so a lane that is only full for a moment is waited for.
    private static readonly TimeSpan PatienceWithFullLane = TimeSpan.FromMilliseconds(50);

    // Of all lanes together, some 20 MB. A pause costs what was fetched ahead and the time to fetch it again, so a lane holds
    // more than one answer of Kafka: with 2,048 a single one stood still every third of its time, 2,600 events/s against 3,900.
    private const int Capacity = 16_384;

    private readonly ConcurrentDictionary<TopicPartition, PartitionLane> _lanes = new();
    private volatile bool _hasJoined;
    private int _paused;

    /// <summary>
    /// Whether the consumer was given its share of the topic, which may be none. On a broker that has never had a group
    /// that takes seconds, during which a consumer looks alive and reads nothing.
    /// </summary>
    public bool HasJoined => _hasJoined;

    public bool AnyPaused => _paused > 0;

    public IReadOnlyCollection<PartitionLane> All => (IReadOnlyCollection<PartitionLane>)_lanes.Values;

    public void Assign(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            _lanes[partition] = new PartitionLane(partition, projector, Store);
            LogAssigned(partition.Partition.Value);
        }

        ShareCapacity();
        _hasJoined = true;
    }

    /// <summary>Gives partitions up in good order: what was begun is finished and stored, and the client commits it.</summary>
    public void Revoke(IEnumerable<TopicPartition> partitions)
    {
        var lanes = Remove(partitions);
        var drained = Task.WhenAll(lanes.Select(lane => lane.DrainAsync()));
        if (!drained.Wait(DrainTime))
        {
            LogNotDrained(lanes.Count(lane => lane.OldestTakenAt is not null), DrainTime);
        }

        lanes.ForEach(lane => lane.Dispose());
    }

    /// <summary>They belong to somebody else already.</summary>
    public void Lose(IEnumerable<TopicPartition> partitions) => Remove(partitions).ForEach(lane => lane.Dispose());

    /// <summary>Passes a message on to its lane; if that one stays full, its partition pauses.</summary>
    public void Add(TakenMessage message)
    {
        var lane = _lanes[message.Result.TopicPartition];
        lane.Add(message);
        if (lane.IsFull && !lane.IsPaused && !lane.WaitForRoom(PatienceWithFullLane))
        {
            consumer.Pause([lane.Partition]);
            lane.IsPaused = true;
            _paused++;
            LogPaused(lane.Partition.Partition.Value);
        }
    }

    /// <summary>Lets partitions go on whose lanes have emptied.</summary>
    /// <exception cref="InvalidOperationException">A lane has failed by a fault of ours.</exception>
    public void Tend()
    {
        foreach (var lane in _lanes.Values)
        {
            if (lane.Fault is { } fault)
            {
                throw new InvalidOperationException($"Applying messages of {lane.Partition} failed.", fault);
            }

            if (lane.IsPaused && lane.HasRoom)
            {
                Resume(lane);
            }
        }
    }

    private List<PartitionLane> Remove(IEnumerable<TopicPartition> partitions)
    {
        var removed = new List<PartitionLane>();
        foreach (var partition in partitions)
        {
            if (_lanes.TryRemove(partition, out var lane))
            {
                removed.Add(lane);
                LogRevoked(partition.Partition.Value);
            }
        }

        // The client would remember the pause when the partition comes back.
        removed.Where(lane => lane.IsPaused).ToList().ForEach(Resume);
        ShareCapacity();
        return removed;
    }

    private void ShareCapacity()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Capacity = Math.Max(PartitionLane.SmallestCapacity, Capacity / _lanes.Count);
        }
    }

    private void Resume(PartitionLane lane)
    {
        consumer.Resume([lane.Partition]);
        lane.IsPaused = false;
        _paused--;
    }

    private void Store(TopicPartitionOffset next)
    {
        try
        {
            consumer.StoreOffset(next);
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_State)
        {
            // The partition went to another member meanwhile; that one reads these messages again.
            LogStoredTooLate(next.Partition.Value);
        }
    }

    [LoggerMessage(LogLevel.Information, "Partition {Partition} was assigned.")]
    private partial void LogAssigned(int partition);

    [LoggerMessage(LogLevel.Information, "Partition {Partition} was given up.")]
    private partial void LogRevoked(int partition);

    [LoggerMessage(LogLevel.Warning, "Partition {Partition} pauses until Cassandra has taken what was read of it.")]
    private partial void LogPaused(int partition);

    [LoggerMessage(
        LogLevel.Warning,
        "{Count} partitions were given up before all their writes were acknowledged within {Time}; their next owner repeats.")]
    private partial void LogNotDrained(int count, TimeSpan time);

    [LoggerMessage(LogLevel.Information, "Partition {Partition} was lost while its messages were applied.")]
    private partial void LogStoredTooLate(int partition);
}
