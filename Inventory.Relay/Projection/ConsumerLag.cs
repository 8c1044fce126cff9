using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;

namespace Inventory.Relay.Projection;

/// <summary>
/// Asks Kafka from time to time how far each partition of this member reaches. What the client knows itself comes with the
/// messages, so of a paused partition, when it matters most, it knows nothing new.
/// </summary>
internal sealed partial class ConsumerLag(
    IConsumer<byte[], byte[]> consumer,
    PartitionLanes lanes,
    ProjectionTelemetry telemetry,
    TimeProvider time,
    ILogger<ConsumerLag> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TopicPartition, long> _lags = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        telemetry.Observe(Measure, OldestWait);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // The calls block.
                await Task.Run(() => Ask(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private void Ask(CancellationToken stoppingToken)
    {
        var owned = lanes.All;
        foreach (var gone in _lags.Keys.Except(owned.Select(lane => lane.Partition)))
        {
            _lags.TryRemove(gone, out _);
        }

        foreach (var lane in owned.TakeWhile(_ => !stoppingToken.IsCancellationRequested))
        {
            try
            {
                var reach = consumer.QueryWatermarkOffsets(lane.Partition, Timeout);
                var next = lane.Next ?? Committed(lane.Partition) ?? reach.Low.Value;
                _lags[lane.Partition] = Math.Max(0, reach.High.Value - next);
            }
            catch (KafkaException exception)
            {
                // The last value stays: it cannot have become smaller while no broker answers.
                LogNotAsked(exception.Message);
                return;
            }
        }
    }

    private long? Committed(TopicPartition partition) =>
        consumer.Committed([partition], Timeout).Single().Offset is { IsSpecial: false } offset ? offset.Value : null;

    private IEnumerable<Measurement<long>> Measure() => _lags.Select(lag =>
        new Measurement<long>(lag.Value, ProjectionTelemetry.PartitionTag(lag.Key.Partition.Value)));

    private double OldestWait() => lanes.All.Min(lane => lane.OldestTakenAt) is { } oldest
        ? (time.GetUtcNow() - oldest).TotalSeconds
        : 0;

    [LoggerMessage(LogLevel.Warning, "Kafka did not tell how far the partitions reach: {Reason}")]
    private partial void LogNotAsked(string reason);
}
