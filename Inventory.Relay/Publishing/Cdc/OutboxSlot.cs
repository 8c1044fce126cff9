using Npgsql;

namespace Inventory.Relay.Publishing.Cdc;

/// <summary>
/// What the server knows of our slot, and in <c>outbox_slots</c> whether the slot alone is enough: it is only once the table
/// as it was when the slot was made has been published.
/// </summary>
internal sealed partial class OutboxSlot(NpgsqlDataSource dataSource, SlotName name, ILogger<OutboxSlot> logger)
{
    private const string ConditionSql = """
        SELECT slot.slot_name IS NOT NULL, coalesce(slot.wal_status = 'lost', false), known.streams_from IS NOT NULL
        FROM (SELECT $1::text AS slot_name) AS wanted
        LEFT JOIN pg_replication_slots AS slot USING (slot_name)
        LEFT JOIN outbox_slots AS known USING (slot_name)
        """;

    private const string MarkSql = """
        INSERT INTO outbox_slots (slot_name, streams_from) VALUES ($1, $2::pg_lsn)
        ON CONFLICT (slot_name) DO UPDATE SET streams_from = excluded.streams_from
        """;

    // Whoever holds the leases may end whoever still streams: it has lost them, and may be paused.
    private const string EvictSql = """
        SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots WHERE slot_name = $1 AND active_pid IS NOT NULL
        """;

    private const string DropSql = """
        SELECT count(pg_drop_replication_slot(slot_name)) FROM pg_replication_slots WHERE slot_name = $1 AND active_pid IS NULL
        """;

    public string Name => name.Value;

    public async Task<SlotCondition> ReadConditionAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ConditionSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2)) switch
        {
            (false, _, _) => SlotCondition.Missing,
            (_, true, _) => SlotCondition.Lost,
            (_, _, false) => SlotCondition.Unfinished,
            _ => SlotCondition.Usable,
        };
    }

    /// <summary>From now on the slot, if there is one, is not enough.</summary>
    public Task MarkUnfinishedAsync(CancellationToken cancellationToken) => MarkAsync(streamsFrom: null, cancellationToken);

    /// <summary>From now on the slot is enough.</summary>
    public Task MarkUsableAsync(string streamsFrom, CancellationToken cancellationToken) =>
        MarkAsync(streamsFrom, cancellationToken);

    public async Task EvictAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(EvictSql);
        if (await command.ExecuteScalarAsync(cancellationToken) is > 0L)
        {
            LogEvicted(Name);
        }
    }

    public async Task DropAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(DropSql);
        await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>A slot that nobody reads keeps the log until the disk is full.</summary>
    public async Task DropUnusedAsync(CancellationToken cancellationToken)
    {
        if (await ReadConditionAsync(cancellationToken) != SlotCondition.Missing)
        {
            await MarkUnfinishedAsync(cancellationToken);
            await EvictAsync(cancellationToken);
            await DropAsync(cancellationToken);
            LogDropped(Name);
        }
    }

    private async Task MarkAsync(string? streamsFrom, CancellationToken cancellationToken)
    {
        await using var command = Command(MarkSql);
        command.Parameters.Add(new() { Value = (object?)streamsFrom ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = name.Value });
        return command;
    }

    [LoggerMessage(LogLevel.Warning, "The slot {Slot} was streamed from by a publisher that has lost its leases; it was disconnected.")]
    private partial void LogEvicted(string slot);

    [LoggerMessage(LogLevel.Warning, "The slot {Slot} was dropped: the outbox is polled now. Change data capture makes a new one.")]
    private partial void LogDropped(string slot);
}
