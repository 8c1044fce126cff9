using System.Collections.Concurrent;
using System.Threading.Channels;
using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Load;
using Npgsql;
using NpgsqlTypes;

namespace Inventory.Tools.Bench.Relay;

/// <summary>
/// Makes 500 changes a second, however long they take, and commits them as the command API does: by lanes, each of which
/// commits together what came while it committed the last. Looks at some of them until Cassandra has them. Not at all of them,
/// and ever more seldom while one is awaited: looking costs the cores that the relay and the servers work with. On a busy
/// machine, looking at a fifth of them every millisecond was what kept it busy, with 30,000 reads a second.
/// </summary>
internal sealed class ChangeLoad(NpgsqlDataSource database, CassandraClient cassandra, string table)
{
    private const int ChangesPerSecond = 500;
    private const int Lanes = 8;
    private const int LookAtEvery = 10;

    // A tenth of what is measured is as precise as it has to be.
    private const int PauseShare = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _sql = $"""
        INSERT INTO {table} (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
        SELECT item, 1, 1, version, clock_timestamp(), 'order-placed', '0197a0c1-0000-7000-8000-000000000001'
        FROM unnest($1, $2) AS change (item, version)
        """;

    private long _number;

    /// <returns>From the commit, as its client sees it, until a read has the change.</returns>
    public async Task<LatencyHistogram> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var visible = new LatencyHistogram();
        var looks = new ConcurrentBag<Task>();
        var lanes = Enumerable.Range(0, Lanes).Select(_ => Channel.CreateUnbounded<Change>()).ToArray();
        var running = Task.WhenAll(lanes.Select(lane => CommitAsync(
            lane.Reader, change => looks.Add(LookAsync(change, visible, cancellationToken)), cancellationToken)));
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
                lanes[sent % Lanes].Writer.TryWrite(NextChange(isLookedAt: sent % LookAtEvery == 0));
            }
        }

        Array.ForEach(lanes, lane => lane.Writer.Complete());
        await running;
        await Task.WhenAll(looks);
        return visible;
    }

    private Change NextChange(bool isLookedAt)
    {
        // A key of its own for a while, so that the version that is looked for is the one that was written.
        var key = new StockKey(1 + (_number++ % 50_000), 1);
        var version = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return new Change(key, version, isLookedAt);
    }

    private async Task CommitAsync(ChannelReader<Change> waiting, Action<Change> look, CancellationToken cancellationToken)
    {
        var group = new List<Change>();
        while (await waiting.WaitToReadAsync(cancellationToken))
        {
            group.Clear();
            while (waiting.TryRead(out var change))
            {
                group.Add(change);
            }

            await using (var command = database.CreateCommand(_sql))
            {
                command.Parameters.Add(Numbers(group.Select(change => change.Key.VendorItemId)));
                command.Parameters.Add(Numbers(group.Select(change => change.Version)));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            group.FindAll(change => change.IsLookedAt).ForEach(look);
        }
    }

    private static NpgsqlParameter Numbers(IEnumerable<long> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private async Task LookAsync(Change change, LatencyHistogram visible, CancellationToken cancellationToken)
    {
        var committed = TimeProvider.System.GetTimestamp();
        while (!await IsVisibleAsync(change, cancellationToken))
        {
            var waited = TimeProvider.System.GetElapsedTime(committed);
            if (waited > Patience)
            {
                throw new ToolException($"{change.Key} did not reach Cassandra within {Patience}.");
            }

            var pause = waited / PauseShare;
            await Task.Delay(pause > ShortestPause ? pause : ShortestPause, cancellationToken);
        }

        visible.Add(TimeProvider.System.GetElapsedTime(committed));
    }

    // A node that is too busy to answer does not show the change either.
    private async Task<bool> IsVisibleAsync(Change change, CancellationToken cancellationToken)
    {
        try
        {
            return await cassandra.ReadAsync(change.Key, cancellationToken) is { } level && level.Version >= change.Version;
        }
        catch (CassandraTimeoutException)
        {
            return false;
        }
    }

    private readonly record struct Change(StockKey Key, long Version, bool IsLookedAt);
}
