using Inventory.CommandApi.Telemetry;
using Microsoft.Extensions.Options;

namespace Inventory.CommandApi.Reservations;

/// <summary>
/// Sweeps in passes: batch after batch to the end of what is due. When some stayed held, passes begin behind them, and only
/// now and then at the start again: what cannot be given back costs little, however much it is.
/// </summary>
internal sealed partial class ReservationSweeper(
    ReservationSweep sweep,
    IOptions<ReservationOptions> options,
    CommandTelemetry telemetry,
    TimeProvider time,
    ILogger<ReservationSweeper> logger) : BackgroundService
{
    // A full key gets room by sales, and nobody waits for a count near 2^31 to become higher still.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private SweepPosition _position = SweepPosition.Start;
    private long _startedOver;

    // Those behind which passes begin.
    private int _staying;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PassAsync(stoppingToken);
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

            await Task.Delay(options.Value.SweepInterval, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        if (_staying == 0 || time.GetElapsedTime(_startedOver) >= RetryInterval)
        {
            (_position, _staying, _startedOver) = (SweepPosition.Start, 0, time.GetTimestamp());
        }

        SweepResult result;
        do
        {
            result = await sweep.RunAsync(_position, cancellationToken);
            _position = result.Last;
            telemetry.Expired(result.Expired);
            Tell(result);
        }
        while (!result.IsLast);
    }

    private void Tell(SweepResult result)
    {
        if (result.Stayed > 0)
        {
            _staying += result.Stayed;
            LogStayed(result.Stayed);
        }

        if (result.Failure is { } failure)
        {
            LogOneFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} expired reservations stay held: a count of theirs would overflow, or they failed.")]
    private partial void LogStayed(int count);

    [LoggerMessage(LogLevel.Error, "A reservation cannot be given back and stays held.")]
    private partial void LogOneFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A sweep of the reservations failed; nothing is lost.")]
    private partial void LogFailed(Exception exception);
}
