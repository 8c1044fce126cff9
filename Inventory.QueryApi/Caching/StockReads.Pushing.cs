using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>What the change feed brings.</summary>
internal sealed partial class StockReads
{
    /// <summary>Updates a key that is held or being read; the others are nobody's concern here.</summary>
    /// <returns>Whether it is one of those.</returns>
    public bool Push(StockCache cache, StockKey key, StockLevel level)
    {
        var hash = StockCache.HashOf(key);
        var reads = _shards[cache.ShardOf(hash).Number];
        lock (reads.Shard.Gate)
        {
            var pushed = InMilliseconds(CachedStock.From(level, _clock.Now));
            var isHeld = reads.Shard.Push(hash, key, pushed);
            if (!reads.TryFind(key, out var pending))
            {
                return isHeld;
            }

            if (pending.Pushed is not { } earlier || earlier.Version < pushed.Version)
            {
                pending.Pushed = pushed;
            }

            return true;
        }
    }

    // In Cassandra's precision (ADR 6): one version is the same bytes under its ETag, whichever way it came.
    private static CachedStock InMilliseconds(in CachedStock stock) => stock with
    {
        UpdatedAtTicks = stock.UpdatedAtTicks - (stock.UpdatedAtTicks % TimeSpan.TicksPerMillisecond),
    };
}
