using Inventory.CommandApi.Telemetry;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Inventory.CommandApi.Retention;

/// <summary>
/// Forgets what is older than is to be kept, a batch at a time, and makes the ledger's days to come. Any number of
/// instances may do so at once. Whatever fails is tried again after the interval, and keeps nothing else from being done.
/// </summary>
internal sealed partial class RetentionJob(
    NpgsqlDataSource dataSource,
    IOptions<RetentionOptions> options,
    CommandTelemetry telemetry,
    TimeProvider time,
    ILogger<RetentionJob> logger) : BackgroundService
{
    // Nobody waits for it, and locks nobody wants: the time limit of a request would only make it begin again.
    private static readonly int TimeoutSeconds = (int)TimeSpan.FromMinutes(2).TotalSeconds;

    // Between two batches, so that orders have the disk to themselves most of the time.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // As trim_commands_of calls them.
    private static readonly string[] Kinds = ["orders", "inbounds", "cancellations"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync("the ledger", KeepLedgerAsync, stoppingToken);
            foreach (var kind in Kinds)
            {
                await TryAsync(kind, token => TrimAsync(kind, token), stoppingToken);
            }

            await Task.Delay(options.Value.Interval, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> act, CancellationToken stoppingToken)
    {
        try
        {
            await act(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; the loop sees it.
        }
        catch (Exception exception)
        {
            LogFailed(exception, what);
        }
    }

    private async Task KeepLedgerAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT keep_stock_ledger($1)");
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.Add(new NpgsqlParameter { Value = options.Value.Ledger });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task TrimAsync(string kind, CancellationToken cancellationToken)
    {
        var after = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
        while (true)
        {
            var (removed, until) = await TrimBatchAsync(kind, after, cancellationToken);
            telemetry.Trimmed(removed);
            if (removed < options.Value.Batch)
            {
                return;
            }

            after = until!.Value;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<(int Removed, DateTime? Until)> TrimBatchAsync(
        string kind, DateTime after, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT removed, until FROM trim_commands_of($1, $2, $3, $4)");
        command.CommandTimeout = TimeoutSeconds;
        foreach (var value in (object[])[kind, options.Value.Commands, options.Value.Batch, after])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetDateTime(1));
    }

    [LoggerMessage(LogLevel.Warning, "Trimming {What} failed; it is tried again.")]
    private partial void LogFailed(Exception exception, string what);
}
