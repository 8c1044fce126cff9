using System.Runtime.CompilerServices;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// Which key goes when another one comes: CLOCK. A hand goes round the slots; a key that was asked for since it last
/// came by is passed over once. Keys that are asked for once, as in a scan of millions, are the first to go, and a hit
/// costs no more than a flag.
/// </summary>
internal sealed partial class StockCacheShard
{
    // The most slots that one eviction looks at, so that none takes long even if every key is in use.
    private const int LongestSweep = 64;

    // A slot, and two buckets at most.
    private static readonly int EntryBytes = Unsafe.SizeOf<CacheSlot>() + (2 * sizeof(int));

    private int _used;
    private int _free;
    private int _hand;
    private long _renderedBytes;

    public long Evictions { get; private set; }

    public long Bytes => (_count * (long)EntryBytes) + _renderedBytes;

    /// <returns>The index of a slot that is in no bucket.</returns>
    private int Take()
    {
        while (_count >= _capacity || (_count > 0 && Bytes + EntryBytes > _capacityBytes))
        {
            EvictOne();
        }

        _count++;
        if (_free != 0)
        {
            var index = _free;
            _free = SlotAt(index).Next;
            return index;
        }

        // Index 0 means none.
        _used++;
        _chunks[_used >> ChunkBits] ??= new CacheSlot[ChunkSlots];
        return _used;
    }

    private void KeepWithinBytes()
    {
        while (_count > 1 && Bytes > _capacityBytes)
        {
            EvictOne();
        }
    }

    private void EvictOne()
    {
        for (var step = 0; ; step++)
        {
            _hand = _hand >= _used ? 1 : _hand + 1;
            ref var slot = ref SlotAt(_hand);
            if (slot.IsFree)
            {
                continue;
            }

            if (!slot.IsReferenced || step >= LongestSweep)
            {
                Remove(_hand);
                return;
            }

            slot.IsReferenced = false;
        }
    }

    private void Remove(int index)
    {
        ref var slot = ref SlotAt(index);
        ref var link = ref _buckets[StockCache.HashOf(slot.Key) & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref SlotAt(link).Next;
        }

        Volatile.Write(ref link, slot.Next);
        slot.BeginWrite();
        DropRendered(ref slot);
        slot.VendorItemId = 0;
        slot.Next = _free;
        slot.EndWrite();
        _free = index;
        _count--;
        Evictions++;
    }

    private void DropRendered(ref CacheSlot slot)
    {
        if (slot.Rendered is { } rendered)
        {
            _renderedBytes -= rendered.Bytes;
            slot.Rendered = null;
        }
    }
}
