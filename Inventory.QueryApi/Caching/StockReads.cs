using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// Reads through to Cassandra what the cache does not hold or holds for too long: one read per key at a time, however
/// many ask, and no more reads and waiting requests than the limits allow.
/// </summary>
internal sealed partial class StockReads
{
    private readonly IStockReader _source;
    private readonly CacheClock _clock;
    private readonly StockCacheMetrics _metrics;
    private readonly ShardReads[] _shards;
    private readonly ReadLimit _waiting;
    private readonly bool _keeps;
    private readonly long _staleIfError;
    private readonly long _patience;
    private readonly int _restMilliseconds;

    public StockReads(
        IStockReader source,
        StockCache cache,
        CacheClock clock,
        StockCacheMetrics metrics,
        IOptions<StockCacheOptions> options)
    {
        _source = source;
        _clock = clock;
        _metrics = metrics;
        _shards = [.. cache.Shards.ToArray().Select(shard => new ShardReads(this, shard))];
        InFlight = new ReadLimit(options.Value.MaxReadsInFlight);
        _waiting = new ReadLimit(options.Value.MaxRequestsWaiting);
        _keeps = options.Value.MaxStaleness > TimeSpan.Zero;
        _staleIfError = clock.Ticks(options.Value.StaleIfError);
        _patience = clock.Ticks(options.Value.RefreshPatience);
        // After a failure a held key is left alone for as long as it would have been after a success.
        _restMilliseconds = (int)Math.Clamp(options.Value.MaxStaleness.TotalMilliseconds, 10, 1_000);
    }

    /// <summary>The reads under way, those of items and batches included.</summary>
    public ReadLimit InFlight { get; }

    /// <summary>Reads a key, or joins the read of it that is under way.</summary>
    public ValueTask<CachedStock> ReadAsync(StockCacheShard shard, int hash, StockKey key, in ReadDemand demand)
    {
        var reads = _shards[shard.Number];
        ReadWaiter waiter;
        PendingRead? begun;
        ValueTask<CachedStock> task;
        lock (shard.Gate)
        {
            if (TryAnswer(reads, hash, key, demand, out var held, out var refusal, out var pending))
            {
                return new ValueTask<CachedStock>(held);
            }

            if (refusal is not null)
            {
                return ValueTask.FromException<CachedStock>(refusal);
            }

            begun = pending is null ? BeginLocked(reads, hash, key) : null;
            waiter = reads.Join(pending ?? begun!, demand);
            task = waiter.Task;
        }

        begun?.Run(_source);
        return task;
    }

    /// <summary>Begins to read a key that is held and about to grow too old, unless it is being read.</summary>
    public void Refresh(StockCacheShard shard, int hash, StockKey key)
    {
        var reads = _shards[shard.Number];
        PendingRead begun;
        lock (shard.Gate)
        {
            if (reads.TryFind(key, out _)
                || shard.IsResting(hash, key, _clock.Milliseconds(_clock.Now))
                || !InFlight.TryTake())
            {
                return;
            }

            begun = BeginLocked(reads, hash, key);
        }

        begun.Run(_source);
    }

    /// <summary>Decides, under the shard's lock, whether there is an answer, a reason to refuse, or a read to join.</summary>
    /// <returns>False, without a refusal and a read to join, if a read is to be begun, for which there is room now.</returns>
    private bool TryAnswer(
        ShardReads reads,
        int hash,
        StockKey key,
        in ReadDemand demand,
        out CachedStock held,
        out ReadRefusedException? refusal,
        out PendingRead? pending)
    {
        refusal = null;
        var isHeld = reads.Shard.TryGetLocked(hash, key, out held);
        reads.TryFind(key, out pending);
        if (isHeld && held.CheckedAt >= demand.Earliest)
        {
            // Another thread has just read it.
            _metrics.Hit();
            return true;
        }

        // 1. What is held does instead if Cassandra failed a moment ago, is slow right now, or is asked too much.
        var mayBeStale = isHeld && demand.AcceptsStale && demand.AskedAt - held.CheckedAt <= _staleIfError;
        if (mayBeStale
            && (reads.Shard.IsResting(hash, key, _clock.Milliseconds(demand.AskedAt))
                || (pending is not null && demand.AskedAt - pending.StartedAt >= _patience)))
        {
            _metrics.Stale();
            return true;
        }

        // 2. There must be room for one more that waits, and for the read if there is none to join.
        refusal = !_waiting.TryTake() ? ReadRefusedException.TooManyWaiting() : null;
        if (refusal is null && pending is null && !InFlight.TryTake())
        {
            _waiting.Release();
            refusal = ReadRefusedException.TooManyReads();
        }

        if (refusal is not null && mayBeStale)
        {
            refusal = null;
            _metrics.Stale();
            return true;
        }

        _metrics.Missed(refusal is not null, pending is not null);
        return false;
    }

    private PendingRead BeginLocked(ShardReads reads, int hash, StockKey key)
    {
        reads.Shard.MarkRefreshing(hash, key);
        // Taken here, after the question: what the read returns is at least as new as this.
        return reads.Begin(hash, key, _clock.Now);
    }
}
