using Npgsql;

namespace Inventory.Relay.Publishing.Leases;

/// <summary>
/// Holds the partitions of the outbox that this instance may publish. A lease ends by itself, whatever happens to its
/// holder, and the holder's view of it ends earlier than Postgres's.
/// </summary>
internal sealed partial class OutboxLeases(
    NpgsqlDataSource dataSource, DatabaseClock clock, TimeProvider time, ILogger<OutboxLeases> logger)
{
    public const int All = 16;

    /// <summary>Long enough to outlive a pause of the runtime, short enough to wait for after a crash.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewalInterval = Duration / 5;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    // All that are free, or none if they are fewer than asked for.
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
            expires_at = clock_timestamp() + $2,
            is_polled = $3
        FROM available
        WHERE outbox_leases.partition = available.partition
          AND (SELECT count(*) FROM available) >= $4
        RETURNING outbox_leases.partition, outbox_leases.token, clock_timestamp()
        """;

    private const string ReleaseSql = """
        UPDATE outbox_leases SET owner = NULL, expires_at = '-infinity' WHERE owner = $1
        """;

    private readonly Guid _owner = Guid.NewGuid();
    private HeldLeases _held = HeldLeases.None;

    public IReadOnlyList<OutboxLease> Held => Volatile.Read(ref _held).Leases;

    /// <summary>For how much longer the leases surely hold. On the monotonic clock, which also runs while we are paused.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var held = Volatile.Read(ref _held);
            return held.Leases.Count == 0 ? TimeSpan.Zero : Duration - time.GetElapsedTime(held.AskedAt);
        }
    }

    /// <summary>Renews the leases held and takes those that nobody holds.</summary>
    /// <param name="fewest">Fewer than that are not taken, 1 to <see cref="All"/>.</param>
    /// <param name="isPolled">Whether writers are to notify who waits for changes.</param>
    /// <param name="cancellationToken">Ends the wait for Postgres.</param>
    /// <returns>Whether any are held.</returns>
    public async Task<bool> HoldAsync(int fewest, bool isPolled, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        await using var command = dataSource.CreateCommand(AcquireSql);
        command.Parameters.Add(new() { Value = _owner });
        command.Parameters.Add(new() { Value = Duration });
        command.Parameters.Add(new() { Value = isPolled });
        command.Parameters.Add(new() { Value = (long)fewest });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var leases = new List<OutboxLease>();
        while (await reader.ReadAsync(cancellationToken))
        {
            leases.Add(new OutboxLease(reader.GetInt16(0), reader.GetInt64(1)));
            clock.Set(reader.GetFieldValue<DateTimeOffset>(2), askedAt);
        }

        Volatile.Write(ref _held, new HeldLeases(leases, askedAt));
        return leases.Count > 0;
    }

    /// <summary>Renews what is held until it is cancelled.</summary>
    /// <exception cref="LeaseLostException">A lease is another's by now.</exception>
    public async Task KeepAsync(bool isPolled, CancellationToken cancellationToken)
    {
        var session = Held;
        var delay = RenewalInterval;
        while (true)
        {
            await Task.Delay(delay, time, cancellationToken);
            try
            {
                await HoldAsync(session.Count, isPolled, cancellationToken);
                delay = RenewalInterval;
            }
            catch (NpgsqlException exception) when (Remaining > RetryInterval)
            {
                LogRenewalFailed(exception);
                delay = RetryInterval;
                continue;
            }

            // Another token says that there was another owner meanwhile.
            if (session.Except(Held).Any())
            {
                throw new LeaseLostException();
            }
        }
    }

    /// <summary>Lets another instance go on at once.</summary>
    public async Task ReleaseAsync()
    {
        Volatile.Write(ref _held, HeldLeases.None);
        await using var command = dataSource.CreateCommand(ReleaseSql);
        command.Parameters.Add(new() { Value = _owner });
        await command.ExecuteNonQueryAsync();
    }

    [LoggerMessage(LogLevel.Warning, "The leases of the outbox were not renewed; trying again while they last.")]
    private partial void LogRenewalFailed(Exception exception);
}
