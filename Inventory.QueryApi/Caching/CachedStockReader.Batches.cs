using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>Many keys at once: those that are held from the cache, the others in one read of Cassandra.</summary>
internal sealed partial class CachedStockReader
{
    public ValueTask ReadManyAsync(
        ReadOnlyMemory<StockKey> keys, Memory<StockLevel?> levels, CancellationToken cancellationToken)
    {
        var stocks = new CachedStock[keys.Length];
        return CopyAsync(FindManyAsync(keys, stocks), stocks, levels);

        static async ValueTask CopyAsync(ValueTask found, CachedStock[] stocks, Memory<StockLevel?> levels)
        {
            await found;
            for (var index = 0; index < stocks.Length; index++)
            {
                levels.Span[index] = stocks[index].Level;
            }
        }
    }

    /// <summary>What is known of the keys, each within the staleness bound. Fails as a whole.</summary>
    /// <param name="keys">May hold a key more than once.</param>
    /// <param name="stocks">In the order of the keys, and as long as they are.</param>
    public ValueTask FindManyAsync(ReadOnlyMemory<StockKey> keys, Memory<CachedStock> stocks)
    {
        var now = _clock.Now;
        var earliest = _bound.Earliest(now);
        var refreshBefore = _bound.RefreshBefore(now);
        List<int>? missing = null;
        var wanted = keys.Span;
        var found = stocks.Span;
        for (var index = 0; index < wanted.Length; index++)
        {
            var hash = StockCache.HashOf(wanted[index]);
            var shard = _cache.ShardOf(hash);
            if (!shard.TryGet(hash, wanted[index], out found[index]) || found[index].CheckedAt < earliest)
            {
                (missing ??= []).Add(index);
                continue;
            }

            if (found[index].CheckedAt < refreshBefore && !found[index].IsRefreshing)
            {
                _reads.Refresh(shard, hash, wanted[index]);
            }

            _metrics.Hit();
        }

        if (missing is null)
        {
            return ValueTask.CompletedTask;
        }

        var demand = new ReadDemand(now, earliest, _bound.AcceptsStale);
        return _reads.ReadManyAsync(_cache, keys, missing, stocks, demand);
    }
}
