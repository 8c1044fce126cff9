using Confluent.Kafka;
using Inventory.Cassandra.Errors;
using Inventory.Contracts;
using Inventory.Relay.Kafka;

namespace Inventory.Relay.Projection;

/// <summary>
/// Takes messages from Kafka, has them applied and stores their offsets, in this order: an offset is committed only
/// after Cassandra has acknowledged everything before it. While Cassandra is away the same batch is tried again.
/// </summary>
internal sealed partial class ProjectorLoop(
    IConsumer<string, byte[]> consumer,
    Projector projector,
    GroupMembership membership,
    ProjectorHeartbeat heartbeat,
    TimeProvider time,
    ILogger<ProjectorLoop> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);

    private readonly RetryDelay _consumeRetryDelay = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () => RunAsync(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .Unwrap();

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        consumer.Subscribe(ResourceNames.StockChangesTopic);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var batch = await TakeAsync(stoppingToken);
                if (await ApplyAsync(batch, stoppingToken))
                {
                    StoreOffsets(batch);
                }
            }
        }
        finally
        {
            // Commits what is stored and leaves the group, so that another member goes on at once.
            consumer.Close();
        }
    }

    private async Task<List<ConsumeResult<string, byte[]>>> TakeAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ConsumeResult<string, byte[]>>();
        try
        {
            // Waits for a first message only; what else has arrived by then comes along.
            for (var next = consumer.Consume(PollTime); next is not null; next = consumer.Consume(TimeSpan.Zero))
            {
                batch.Add(next);
                if (batch.Count == BatchSize)
                {
                    break;
                }
            }

            _consumeRetryDelay.Reset();
            if (membership.HasJoined)
            {
                heartbeat.Beat();
            }
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            LogConsumeFailed(exception);
            await PauseAsync(_consumeRetryDelay.Next(), stoppingToken);
        }

        return batch;
    }

    private async Task<bool> ApplyAsync(List<ConsumeResult<string, byte[]>> batch, CancellationToken stoppingToken)
    {
        var retryDelay = new RetryDelay();
        while (batch.Count > 0 && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await projector.ApplyAsync(batch, stoppingToken);
                heartbeat.Beat();
                return true;
            }
            catch (Exception exception) when (exception is CassandraException or TimeoutException or KafkaException)
            {
                LogApplyFailed(exception, batch.Count);
                await PauseAsync(retryDelay.Next(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        return false;
    }

    private void StoreOffsets(List<ConsumeResult<string, byte[]>> batch)
    {
        foreach (var last in batch.GroupBy(message => message.TopicPartition).Select(partition => partition.Last()))
        {
            try
            {
                consumer.StoreOffset(last);
            }
            catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_State)
            {
                // The partition went to another member meanwhile; that one reads these messages again.
                LogPartitionLost(last.Partition.Value);
            }
        }
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken stoppingToken) =>
        await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(LogLevel.Warning, "Kafka could not be read; trying again.")]
    private partial void LogConsumeFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} changes did not reach Cassandra; trying it again.")]
    private partial void LogApplyFailed(Exception exception, int count);

    [LoggerMessage(LogLevel.Information, "Partition {Partition} was lost while its messages were applied.")]
    private partial void LogPartitionLost(int partition);
}
