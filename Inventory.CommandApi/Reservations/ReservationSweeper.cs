using Inventory.CommandApi.Telemetry;
using Microsoft.Extensions.Options;

namespace Inventory.CommandApi.Reservations;

/// <summary>Sweeps again and again, at once when a batch was full.</summary>
internal sealed partial class ReservationSweeper(
    ReservationSweep sweep,
    IOptions<ReservationOptions> options,
    CommandTelemetry telemetry,
    TimeProvider time,
    ILogger<ReservationSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = false;
            try
            {
                var (due, expired) = await sweep.RunAsync(stoppingToken);
                telemetry.Expired(expired);
                isMore = expired == ReservationSweep.BatchSize;
                if (expired < due)
                {
                    LogFull(due - expired);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was, reservations must not stay held for it: the next pass tries again.
                LogFailed(exception);
            }

            if (!isMore)
            {
                await Task.Delay(options.Value.SweepInterval, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} expired reservations stay held: a count of theirs would overflow.")]
    private partial void LogFull(int count);

    [LoggerMessage(LogLevel.Warning, "A sweep of the reservations failed; nothing is lost.")]
    private partial void LogFailed(Exception exception);
}
