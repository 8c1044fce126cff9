using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Load;
using Npgsql;

namespace Inventory.Tools.Bench.Relay;

/// <summary>
/// Commits 500 changes a second, each in a transaction of its own, however long they take, and looks at some of them until
/// Cassandra has them. Not at all of them, and ever more seldom while one is awaited: looking costs the cores that the relay
/// and the servers work with. On a busy machine, looking at a fifth of them every millisecond was what kept it busy, with
/// 30,000 reads a second.
/// </summary>
internal sealed class ChangeLoad(NpgsqlDataSource database, CassandraClient cassandra, string table)
{
    private const int ChangesPerSecond = 500;
    private const int LookAtEvery = 10;

    // A tenth of what is measured is as precise as it has to be.
    private const int PauseShare = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _sql = $"""
        INSERT INTO {table} (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
        VALUES ($1, 1, 1, $2, clock_timestamp(), 'order-placed', '0197a0c1-0000-7000-8000-000000000001')
        """;

    private long _number;

    /// <returns>From the commit, as its client sees it, until a read has the change.</returns>
    public async Task<LatencyHistogram> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var visible = new LatencyHistogram();
        var changes = new List<Task>();
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0; await timer.WaitForNextTickAsync(cancellationToken);)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            if (elapsed > duration)
            {
                break;
            }

            for (; sent < elapsed.TotalSeconds * ChangesPerSecond; sent++)
            {
                changes.Add(ChangeAsync(visible, isLookedAt: sent % LookAtEvery == 0, cancellationToken));
            }
        }

        await Task.WhenAll(changes);
        return visible;
    }

    private async Task ChangeAsync(LatencyHistogram visible, bool isLookedAt, CancellationToken cancellationToken)
    {
        // A key of its own for a while, so that the version that is looked for is the one that was written.
        var key = new StockKey(1 + (Interlocked.Increment(ref _number) % 50_000), 1);
        var version = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await using (var command = database.CreateCommand(_sql))
        {
            command.Parameters.Add(new() { Value = key.VendorItemId });
            command.Parameters.Add(new() { Value = version });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var committed = TimeProvider.System.GetTimestamp();
        while (isLookedAt)
        {
            if (await IsVisibleAsync(key, version, cancellationToken))
            {
                visible.Add(TimeProvider.System.GetElapsedTime(committed));
                return;
            }

            var waited = TimeProvider.System.GetElapsedTime(committed);
            if (waited > Patience)
            {
                throw new ToolException($"{key} did not reach Cassandra within {Patience}.");
            }

            var pause = waited / PauseShare;
            await Task.Delay(pause > ShortestPause ? pause : ShortestPause, cancellationToken);
        }
    }

    // A node that is too busy to answer does not show the change either.
    private async Task<bool> IsVisibleAsync(StockKey key, long version, CancellationToken cancellationToken)
    {
        try
        {
            return await cassandra.ReadAsync(key, cancellationToken) is { } level && level.Version >= version;
        }
        catch (CassandraTimeoutException)
        {
            return false;
        }
    }
}
