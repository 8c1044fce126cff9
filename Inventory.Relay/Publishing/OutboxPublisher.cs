using Inventory.Relay.Kafka;
using Inventory.Relay.Telemetry;
using Npgsql;

namespace Inventory.Relay.Publishing;

/// <summary>
/// Carries the outbox into Kafka, again and again:
/// 1. hold the leases of some partitions;
/// 2. read their oldest rows;
/// 3. send them, if the leases outlive the sending;
/// 4. delete what Kafka has acknowledged.
/// A crash between 3 and 4 sends rows twice, which changes nothing: an event carries the absolute count and a version.
/// </summary>
internal sealed partial class OutboxPublisher(
    OutboxLeases leases,
    OutboxRows outbox,
    EventSender sender,
    PublisherHeartbeat heartbeat,
    RelayTelemetry telemetry,
    TimeProvider time,
    ILogger<OutboxPublisher> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan IdleDelay = TimeSpan.FromMilliseconds(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await leases.ReleaseAsync();
        }
        catch (NpgsqlException exception)
        {
            // They run out by themselves.
            LogReleaseFailed(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retryDelay = new RetryDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            var delay = IdleDelay;
            try
            {
                var (read, done) = await PublishAsync(stoppingToken);
                if (read == done)
                {
                    heartbeat.Beat();
                    retryDelay.Reset();
                    delay = read == BatchSize ? TimeSpan.Zero : IdleDelay;
                }
                else
                {
                    LogUndelivered(read - done, read);
                    delay = retryDelay.Next();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException exception)
            {
                LogPassFailed(exception);
                delay = retryDelay.Next();
            }

            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(int Read, int Done)> PublishAsync(CancellationToken cancellationToken)
    {
        // 1.
        var held = await leases.HoldAsync(cancellationToken);
        if (held.Count == 0)
        {
            return (0, 0);
        }

        // 2.
        var rows = await outbox.ReadAsync(held, BatchSize, cancellationToken);

        // 3. Not cancelled: what Kafka may have by now is waited for, so that shutdown leaves nothing half known.
        if (rows.Count == 0 || leases.Remaining <= KafkaDefaults.MessageTimeout)
        {
            return (0, 0);
        }

        var sent = await sender.SendAsync(rows);
        telemetry.Published(sent.Count, rows.Count - sent.Count);

        // 4.
        var deleted = sent.Count == 0 ? 0 : await outbox.DeleteAsync(sent, held, CancellationToken.None);
        if (deleted < sent.Count)
        {
            LogLeaseLost(sent.Count - deleted);
        }

        return (rows.Count, sent.Count);
    }

    [LoggerMessage(LogLevel.Warning, "Kafka did not take {Failed} of {Count} events; they stay in the outbox.")]
    private partial void LogUndelivered(int failed, int count);

    [LoggerMessage(LogLevel.Warning, "A pass over the outbox failed; nothing is lost.")]
    private partial void LogPassFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A lease was lost while sending; {Count} events will be sent again by its new owner.")]
    private partial void LogLeaseLost(int count);

    [LoggerMessage(LogLevel.Warning, "The leases were not released; they run out by themselves.")]
    private partial void LogReleaseFailed(Exception exception);
}
