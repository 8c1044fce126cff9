using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// Stock reads through the near cache. The hot class of the query tier: a key that is held is answered at once, without
/// a lock, an allocation or a task.
/// </summary>
internal sealed partial class CachedStockReader : IStockReader
{
    private readonly IStockReader _source;
    private readonly StockCache _cache;
    private readonly StockReads _reads;
    private readonly CacheClock _clock;
    private readonly StockCacheMetrics _metrics;
    private readonly StalenessBound _bound;

    public CachedStockReader(
        IStockReader source,
        StockCache cache,
        StockReads reads,
        CacheClock clock,
        StalenessBound bound,
        StockCacheMetrics metrics)
    {
        _source = source;
        _cache = cache;
        _reads = reads;
        _clock = clock;
        _bound = bound;
        _metrics = metrics;
    }

    /// <summary>What is held of a key, within the staleness bound. Nearly every read ends here.</summary>
    public bool TryFind(StockKey key, out CachedStock stock)
    {
        // 1. Look the key up where it would be.
        var now = _clock.Now;
        var hash = StockCache.HashOf(key);
        var shard = _cache.ShardOf(hash);
        if (!shard.TryGet(hash, key, out stock) || stock.CheckedAt < _bound.Earliest(now))
        {
            return false;
        }

        // 2. It is young enough. If not for long, the first who sees it has it read, and does not wait either.
        if (stock.CheckedAt < _bound.RefreshBefore(now) && !stock.IsRefreshing)
        {
            _reads.Refresh(shard, hash, key);
        }

        _metrics.Hit();
        return true;
    }

    /// <summary>What is known of a key, within the staleness bound.</summary>
    /// <remarks>To be awaited once. The wait has no token: it ends with the read, which has the client's timeout.</remarks>
    public ValueTask<CachedStock> FindAsync(StockKey key)
    {
        if (TryFind(key, out var stock))
        {
            return new ValueTask<CachedStock>(stock);
        }

        // Read it, or wait for whoever does. With a bound of 0 nothing old will do, not even after a failure.
        var now = _clock.Now;
        var hash = StockCache.HashOf(key);
        var demand = new ReadDemand(now, _bound.Earliest(now), _bound.AcceptsStale);
        return _reads.ReadAsync(_cache.ShardOf(hash), hash, key, demand);
    }

    /// <summary>What is known of a key by a read that begins now or later.</summary>
    public ValueTask<CachedStock> FindFreshAsync(StockKey key)
    {
        var now = _clock.Now;
        var hash = StockCache.HashOf(key);
        return _reads.ReadAsync(_cache.ShardOf(hash), hash, key, new ReadDemand(now, now, AcceptsStale: false));
    }

    /// <summary>Keeps a rendered answer with its key, for the next who ask.</summary>
    public void Attach(StockKey key, long version, RenderedAnswer rendered)
    {
        var hash = StockCache.HashOf(key);
        var shard = _cache.ShardOf(hash);
        lock (shard.Gate)
        {
            shard.AttachRendered(hash, key, version, rendered);
        }
    }

    public ValueTask<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken)
    {
        var found = FindAsync(key);
        return found.IsCompletedSuccessfully ? new(found.Result.Level) : WaitAsync(found);

        static async ValueTask<StockLevel?> WaitAsync(ValueTask<CachedStock> found) => (await found).Level;
    }

    /// <summary>Not kept: an item's answer is of many keys. Counted against the limit of reads all the same.</summary>
    public async ValueTask<IReadOnlyList<StockRow>> ReadItemAsync(long vendorItemId, CancellationToken cancellationToken)
    {
        if (!_reads.InFlight.TryTake())
        {
            _metrics.Missed(isRefused: true, isJoined: false);
            throw ReadRefusedException.TooManyReads();
        }

        try
        {
            return await _source.ReadItemAsync(vendorItemId, cancellationToken);
        }
        finally
        {
            _reads.InFlight.Release();
        }
    }

    public IAsyncEnumerable<StockRow> ScanAsync(StockTable table, CancellationToken cancellationToken) =>
        _source.ScanAsync(table, cancellationToken);
}
