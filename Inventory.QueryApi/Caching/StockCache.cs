using System.Numerics;
using System.Runtime.CompilerServices;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>The near cache: stock levels by key, bounded in entries and bytes, in shards that don't hinder each other.</summary>
internal sealed class StockCache
{
    // Enough that writers of the cores of one instance seldom meet; small enough that each shard is used evenly.
    private const int MostShards = 64;
    private const int FewestKeysPerShard = 1_024;

    private readonly StockCacheShard[] _shards;
    private readonly int _shift;

    public StockCache(int maxEntries, long maxBytes)
    {
        var count = Math.Clamp(maxEntries / FewestKeysPerShard, 1, MostShards);
        count = (int)BitOperations.RoundUpToPowerOf2((uint)count + 1) >> 1;
        // The high bits choose the shard, the low ones the bucket in it.
        _shift = 32 - BitOperations.Log2((uint)count);
        _shards = new StockCacheShard[count];
        for (var index = 0; index < count; index++)
        {
            // The bounds hold for the whole: what does not divide goes to the first shards.
            var capacity = (maxEntries / count) + (index < maxEntries % count ? 1 : 0);
            _shards[index] = new StockCacheShard(index, capacity, maxBytes / count);
        }
    }

    public ReadOnlySpan<StockCacheShard> Shards => _shards;

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var shard in _shards)
            {
                count += shard.Count;
            }

            return count;
        }
    }

    public long Bytes => Sum(static shard => shard.Bytes);

    public long Evictions => Sum(static shard => shard.Evictions);

    /// <summary>
    /// Seeded anew in every process, and over every bit: nobody can choose keys from outside that all fall into one bucket.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HashOf(StockKey key) =>
        HashCode.Combine((int)key.VendorItemId, (int)(key.VendorItemId >> 32), key.FulfillmentCenterId);

    // C# takes a shift by 32 as one by 0, so the only shard there may be needs no shift at all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StockCacheShard ShardOf(int hash) => _shards[(int)((ulong)(uint)hash >> _shift)];

    private long Sum(Func<StockCacheShard, long> value)
    {
        var sum = 0L;
        foreach (var shard in _shards)
        {
            lock (shard.Gate)
            {
                sum += value(shard);
            }
        }

        return sum;
    }
}
