using Inventory.Relay.Publishing.Leases;
using Npgsql;

namespace Inventory.Relay.Publishing;

/// <summary>Carries the outbox into Kafka, session after session: whatever fails, it begins again.</summary>
internal sealed partial class OutboxPublisher(
    IOutboxSource source, OutboxLeases leases, TimeProvider time, ILogger<OutboxPublisher> logger) : BackgroundService
{
    // A session that lasted has ended for a new reason: its successor need not wait long.
    private static readonly TimeSpan LastingSession = TimeSpan.FromSeconds(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await leases.ReleaseAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
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
            var began = time.GetTimestamp();
            try
            {
                await source.RunAsync(stoppingToken);
                retryDelay.Reset();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is: a publisher that gave up would hold up every change.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogSessionFailed(exception);
                if (time.GetElapsedTime(began) > LastingSession)
                {
                    retryDelay.Reset();
                }

                await Task.Delay(retryDelay.Next(), time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The publisher's session ended; it begins again and nothing is lost.")]
    private partial void LogSessionFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The leases were not released; they run out by themselves.")]
    private partial void LogReleaseFailed(Exception exception);
}
