using Inventory.CommandApi.Telemetry;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Inventory.CommandApi.Retention;

/// <summary>
/// Forgets what is older than is to be kept, a batch at a time, and makes the ledger's days to come. Any number of
/// instances may do so at once.
/// </summary>
internal sealed partial class RetentionJob(
    NpgsqlDataSource dataSource,
    IOptions<RetentionOptions> options,
    CommandTelemetry telemetry,
    TimeProvider time,
    ILogger<RetentionJob> logger) : BackgroundService
{
    // Between two batches, so that orders have the disk to themselves most of the time.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var delay = options.Value.Interval;
            try
            {
                await KeepLedgerAsync(stoppingToken);
                var trimmed = await TrimAsync(stoppingToken);
                telemetry.Trimmed(trimmed);
                delay = trimmed >= options.Value.Batch ? Pause : delay;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
            }

            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepLedgerAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT keep_stock_ledger($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = options.Value.Ledger });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> TrimAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT trim_commands($1, $2)");
        command.Parameters.Add(new NpgsqlParameter { Value = options.Value.Commands });
        command.Parameters.Add(new NpgsqlParameter { Value = options.Value.Batch });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    [LoggerMessage(LogLevel.Warning, "Trimming failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
