using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// One key of a <see cref="StockCacheShard"/>: 64 bytes in an array, so that a million keys are a few objects to the
/// garbage collector and not a million.
/// </summary>
/// <remarks>
/// Written under the shard's lock between <see cref="BeginWrite"/> and <see cref="EndWrite"/>; read without it, and
/// what was read counts only if <see cref="Sequence"/> was even and is still the same afterwards (a sequence lock).
/// </remarks>
internal struct CacheSlot
{
    public RenderedAnswer? Rendered;
    public long VendorItemId;
    public long Version;
    public long UpdatedAtTicks;
    public long CheckedAt;

    public int FulfillmentCenterId;
    public int StockCount;

    /// <summary>The next slot of the bucket, or of the free list; 0 ends it.</summary>
    public int Next;

    public int Sequence;

    /// <summary>After a failed read: in milliseconds of the shard's clock, when to try again.</summary>
    public int RetryAt;

    public bool IsFound;

    /// <summary>Asked for since the eviction hand came by. Set by readers without the lock: it is only a hint.</summary>
    public bool IsReferenced;

    public bool IsRefreshing;

    /// <summary>No vendor item is 0: such a slot is free.</summary>
    public readonly bool IsFree => VendorItemId == 0;

    public readonly StockKey Key => new(VendorItemId, FulfillmentCenterId);

    public readonly bool Holds(StockKey key) =>
        VendorItemId == key.VendorItemId && FulfillmentCenterId == key.FulfillmentCenterId;

    public readonly CachedStock Copy() => new(IsFound, StockCount, Version, UpdatedAtTicks, CheckedAt)
    {
        Rendered = Rendered,
        IsAskedAgain = IsReferenced,
        IsRefreshing = IsRefreshing,
    };

    public void BeginWrite()
    {
        Sequence++;
        Volatile.WriteBarrier();
    }

    public void EndWrite() => Volatile.Write(ref Sequence, Sequence + 1);
}
