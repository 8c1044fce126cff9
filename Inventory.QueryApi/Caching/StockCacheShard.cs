using System.Numerics;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// A part of the near cache: a hash table of its own with a lock of its own for writers. Readers take no lock.
/// </summary>
/// <remarks>All but <see cref="TryGet"/> and <see cref="Count"/> are called with <see cref="Gate"/> held.</remarks>
internal sealed partial class StockCacheShard
{
    private const int ChunkBits = 10;
    private const int ChunkSlots = 1 << ChunkBits;

    // A longer chain, or one that changed on the way into a circle, is left to the locked search.
    private const int LongestUnlockedSearch = 32;

    private readonly int[] _buckets;
    private readonly CacheSlot[]?[] _chunks;
    private readonly int _capacity;
    private readonly long _capacityBytes;
    private int _count;

    /// <param name="number">Its place among the shards.</param>
    /// <param name="capacity">The most keys.</param>
    /// <param name="capacityBytes">The most bytes; at least one key is kept whatever it takes.</param>
    public StockCacheShard(int number, int capacity, long capacityBytes)
    {
        Number = number;
        _capacity = capacity;
        _capacityBytes = capacityBytes;
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _chunks = new CacheSlot[]?[(capacity >> ChunkBits) + 1];
    }

    public int Number { get; }

    public Lock Gate { get; } = new();

    public int Count => Volatile.Read(ref _count);

    public bool TryGet(int hash, StockKey key, out CachedStock stock)
    {
        var index = Volatile.Read(ref _buckets[hash & (_buckets.Length - 1)]);
        for (var step = 0; index != 0 && step < LongestUnlockedSearch; step++)
        {
            ref var slot = ref SlotAt(index);
            var sequence = Volatile.Read(ref slot.Sequence);
            if (slot.Holds(key))
            {
                stock = slot.Copy();
                Volatile.ReadBarrier();
                if ((sequence & 1) != 0 || slot.Sequence != sequence)
                {
                    // Being written right now: the locked search waits for the end of it.
                    break;
                }

                if (!stock.IsAskedAgain)
                {
                    slot.IsReferenced = true;
                }

                return true;
            }

            // If the slot changed hands meanwhile this leads astray, and the key is searched again under the lock.
            index = slot.Next;
        }

        stock = default;
        return false;
    }

    public bool TryGetLocked(int hash, StockKey key, out CachedStock stock)
    {
        var index = Find(hash, key);
        if (index == 0)
        {
            stock = default;
            return false;
        }

        ref var slot = ref SlotAt(index);
        stock = slot.Copy();
        slot.IsReferenced = true;
        return true;
    }

    /// <summary>Keeps what was read, unless a newer version is held, and says what is held then.</summary>
    public CachedStock Store(int hash, StockKey key, in CachedStock read)
    {
        var index = Find(hash, key);
        if (index != 0)
        {
            return Update(ref SlotAt(index), read);
        }

        index = Take();
        ref var slot = ref SlotAt(index);
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        slot.BeginWrite();
        slot.VendorItemId = key.VendorItemId;
        slot.FulfillmentCenterId = key.FulfillmentCenterId;
        slot.IsFound = read.IsFound;
        slot.StockCount = read.StockCount;
        slot.Version = read.Version;
        slot.UpdatedAtTicks = read.UpdatedAtTicks;
        slot.CheckedAt = read.CheckedAt;
        slot.RetryAt = 0;
        slot.Rendered = null;
        slot.IsReferenced = false;
        slot.IsRefreshing = false;
        slot.Next = bucket;
        slot.EndWrite();
        Volatile.Write(ref bucket, index);
        return read;
    }

    private CachedStock Update(ref CacheSlot slot, in CachedStock read)
    {
        slot.BeginWrite();
        Replace(ref slot, read);
        slot.RetryAt = 0;
        slot.IsRefreshing = false;
        slot.EndWrite();
        return slot.Copy();
    }

    private void Replace(ref CacheSlot slot, in CachedStock stock)
    {
        // A replica that is behind answers with an older version, or with none: rows are never deleted.
        if (stock.Version > slot.Version)
        {
            slot.IsFound = stock.IsFound;
            slot.StockCount = stock.StockCount;
            slot.Version = stock.Version;
            slot.UpdatedAtTicks = stock.UpdatedAtTicks;
            DropRendered(ref slot);
        }

        slot.CheckedAt = Math.Max(slot.CheckedAt, stock.CheckedAt);
    }

    private int Find(int hash, StockKey key)
    {
        var index = _buckets[hash & (_buckets.Length - 1)];
        while (index != 0 && !SlotAt(index).Holds(key))
        {
            index = SlotAt(index).Next;
        }

        return index;
    }

    private ref CacheSlot SlotAt(int index) => ref _chunks[index >> ChunkBits]![index & (ChunkSlots - 1)];
}
