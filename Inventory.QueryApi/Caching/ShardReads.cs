using System.Diagnostics.CodeAnalysis;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>The reads under way of one shard's keys, at most one each, and the pools of what they are made of.</summary>
/// <remarks>Everything but <see cref="Return(ReadWaiter)"/> is called with the shard's lock held.</remarks>
internal sealed class ShardReads(StockReads reads, StockCacheShard shard)
{
    private readonly Dictionary<StockKey, PendingRead> _pending = [];
    private PendingRead? _freeReads;
    private ReadWaiter? _freeWaiters;

    public StockCacheShard Shard => shard;

    public IReadOnlyCollection<PendingRead> Pending => _pending.Values;

    public bool TryFind(StockKey key, [NotNullWhen(true)] out PendingRead? read) => _pending.TryGetValue(key, out read);

    public PendingRead Begin(int hash, StockKey key, long now)
    {
        var read = _freeReads ?? new PendingRead(reads, this);
        _freeReads = read.NextFree;
        read.NextFree = null;
        read.Prepare(hash, key, now);
        _pending.Add(key, read);
        return read;
    }

    public void End(PendingRead read) => _pending.Remove(read.Key);

    public ReadWaiter Join(PendingRead read, in ReadDemand demand)
    {
        var waiter = _freeWaiters ?? new ReadWaiter(this);
        _freeWaiters = waiter.Next;
        waiter.Prepare(demand, continuesElsewhere: !read.Waiters.IsEmpty);
        read.Waiters.Add(waiter);
        return waiter;
    }

    public void Return(PendingRead read)
    {
        read.NextFree = _freeReads;
        _freeReads = read;
    }

    public void Return(ReadWaiter waiter)
    {
        lock (shard.Gate)
        {
            waiter.Next = _freeWaiters;
            _freeWaiters = waiter;
        }
    }
}
