using Confluent.Kafka;
using Inventory.Contracts;

namespace Inventory.Relay.Projection;

/// <summary>
/// Takes messages from Kafka, on a thread of its own, and hands each to the lane of its partition. It polls whatever the
/// lanes do, so that this member stays in its group while Cassandra is away.
/// </summary>
internal sealed partial class ProjectorLoop(
    IConsumer<byte[], byte[]> consumer,
    PartitionLanes lanes,
    Projector projector,
    ProjectorHeartbeat heartbeat,
    TimeProvider time,
    ILogger<ProjectorLoop> logger) : BackgroundService
{
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);

    // While a partition is paused its lane is looked at more often.
    private static readonly TimeSpan PollTimeWhilePaused = TimeSpan.FromMilliseconds(5);

    private readonly RetryDelay _retryDelay = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        consumer.Subscribe(ResourceNames.StockChangesTopic);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                Poll(stoppingToken);
            }
        }
        finally
        {
            // Gives the partitions up, which drains their lanes, commits what is stored and leaves the group, so that
            // another member goes on at once.
            consumer.Close();
        }
    }

    private void Poll(CancellationToken stoppingToken)
    {
        lanes.Tend();
        try
        {
            if (consumer.Consume(lanes.AnyPaused ? PollTimeWhilePaused : PollTime) is { } message)
            {
                lanes.Add(new TakenMessage(message, time.GetUtcNow()));
            }

            _retryDelay.Reset();
            if (lanes.HasJoined && !projector.IsFailing)
            {
                heartbeat.Beat();
            }
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            LogConsumeFailed(exception);
            stoppingToken.WaitHandle.WaitOne(_retryDelay.Next());
        }
    }

    [LoggerMessage(LogLevel.Warning, "Kafka could not be read; trying again.")]
    private partial void LogConsumeFailed(Exception exception);
}
