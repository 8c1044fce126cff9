using Inventory.Relay.Publishing.Cdc;
using Npgsql;

namespace Inventory.Relay.Publishing;

/// <summary>Looks at the outbox from time to time, for the gauges. Cheap, however many rows wait.</summary>
internal sealed partial class OutboxObserver(
    NpgsqlDataSource dataSource,
    SlotName slotName,
    PublisherTelemetry telemetry,
    TimeProvider time,
    ILogger<OutboxObserver> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const string Sql = """
        SELECT CASE WHEN few.count > 10000
                    THEN greatest(few.count, (SELECT n_live_tup FROM pg_stat_user_tables WHERE relid = 'outbox'::regclass))
                    ELSE few.count END,
               coalesce(extract(epoch FROM clock_timestamp() - oldest.updated_at), 0)::float8,
               coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), slot.confirmed_flush_lsn), 0)::bigint,
               coalesce(slot.wal_status = 'lost', false)
        FROM (SELECT count(*) FROM (SELECT FROM outbox LIMIT 10001) AS counted) AS few
        CROSS JOIN (
            SELECT min(row.updated_at) AS updated_at
            FROM generate_series(0, 15) AS held (partition),
                 LATERAL (SELECT updated_at FROM outbox WHERE partition = held.partition ORDER BY id LIMIT 1) AS row) AS oldest
        LEFT JOIN pg_replication_slots AS slot ON slot.slot_name = $1
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(
            tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default))
        {
            try
            {
                telemetry.Observed(await ObserveAsync(stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is: observing must not end the relay. The gauges have no value then.
                LogNotObserved(exception);
                telemetry.Observed(null);
            }
        }
    }

    internal async Task<OutboxState> ObserveAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = slotName.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new OutboxState(reader.GetInt64(0), reader.GetDouble(1), reader.GetInt64(2), reader.GetBoolean(3));
    }

    [LoggerMessage(LogLevel.Warning, "The outbox could not be looked at; its gauges have no value.")]
    private partial void LogNotObserved(Exception exception);
}
