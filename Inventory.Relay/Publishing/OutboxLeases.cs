using Npgsql;

namespace Inventory.Relay.Publishing;

/// <summary>
/// Holds the partitions of the outbox that this instance may publish. A lease ends by itself, whatever happens to its
/// holder, and the holder's view of it ends earlier than Postgres's.
/// </summary>
internal sealed class OutboxLeases(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>Long enough to outlive a pause of the runtime, short enough to wait for after a crash.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewalInterval = Duration / 3;

    private const string AcquireSql = """
        WITH available AS (
            SELECT partition
            FROM outbox_leases
            WHERE owner = $1 OR expires_at < clock_timestamp()
            ORDER BY partition
            FOR UPDATE SKIP LOCKED)
        UPDATE outbox_leases
        SET owner = $1,
            token = CASE WHEN owner = $1 AND expires_at >= clock_timestamp() THEN token ELSE token + 1 END,
            expires_at = clock_timestamp() + $2
        FROM available
        WHERE outbox_leases.partition = available.partition
        RETURNING outbox_leases.partition, outbox_leases.token
        """;

    private const string ReleaseSql = """
        UPDATE outbox_leases SET owner = NULL, expires_at = '-infinity' WHERE owner = $1
        """;

    private readonly Guid _owner = Guid.NewGuid();
    private List<OutboxLease> _held = [];
    private long _acquiredAt;

    /// <summary>For how much longer the leases of the last call surely hold.</summary>
    public TimeSpan Remaining => _held.Count == 0 ? TimeSpan.Zero : Duration - time.GetElapsedTime(_acquiredAt);

    /// <summary>Renews the leases held and takes those that nobody holds.</summary>
    public async Task<IReadOnlyList<OutboxLease>> HoldAsync(CancellationToken cancellationToken)
    {
        if (_held.Count > 0 && time.GetElapsedTime(_acquiredAt) < RenewalInterval)
        {
            return _held;
        }

        // The clock is read before Postgres is asked, so that the time which the question takes shortens our view.
        var acquiredAt = time.GetTimestamp();
        await using var command = dataSource.CreateCommand(AcquireSql);
        command.Parameters.Add(new() { Value = _owner });
        command.Parameters.Add(new() { Value = Duration });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var held = new List<OutboxLease>();
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add(new OutboxLease(reader.GetInt16(0), reader.GetInt64(1)));
        }

        _held = held;
        _acquiredAt = acquiredAt;
        return held;
    }

    /// <summary>Lets another instance go on at once.</summary>
    public async Task ReleaseAsync()
    {
        _held = [];
        await using var command = dataSource.CreateCommand(ReleaseSql);
        command.Parameters.Add(new() { Value = _owner });
        await command.ExecuteNonQueryAsync();
    }
}
