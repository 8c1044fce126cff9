using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>What happens at the end of a read, and to those whom it keeps waiting.</summary>
internal sealed partial class StockReads
{
    /// <summary>Keeps what was read and answers those who waited for it.</summary>
    public void Complete(PendingRead read, StockLevel? level, Exception? error)
    {
        var answered = default(WaiterList);
        var failed = default(WaiterList);
        PendingRead? successor;
        CachedStock stock;
        lock (read.Home.Shard.Gate)
        {
            read.Home.End(read);
            var now = _clock.Now;
            var isUsable = Keep(read, level, error, now, out stock);
            var isFresh = error is null;
            var again = default(WaiterList);
            while (read.Waiters.TakeFirst() is { } waiter)
            {
                if (isUsable && (waiter.Demand.AcceptsStale || (isFresh && read.StartedAt >= waiter.Demand.Earliest)))
                {
                    answered.Add(waiter);
                }
                else if (isFresh)
                {
                    // Asked after this read had begun, and wants none that began before.
                    again.Add(waiter);
                }
                else
                {
                    failed.Add(waiter);
                }
            }

            successor = again.IsEmpty ? null : BeginLocked(read.Home, read.Hash, read.Key);
            if (successor is not null)
            {
                successor.Waiters = again;
            }

            read.Home.Return(read);
        }

        // A successor takes over the place of its predecessor.
        if (successor is null)
        {
            InFlight.Release();
        }

        _metrics.ReadEnded(error);
        Release(ref answered, stock);
        if (error is not null)
        {
            _waiting.Release(failed.FailAll(error));
        }

        successor?.Run(_source);
    }

    /// <summary>Answers with what is held those who wait for reads that take too long.</summary>
    public void ReleaseImpatient()
    {
        foreach (var reads in _shards)
        {
            while (TryDetachImpatient(reads, out var waiters, out var stock))
            {
                Release(ref waiters, stock);
            }
        }
    }

    private bool Keep(PendingRead read, StockLevel? level, Exception? error, long now, out CachedStock stock)
    {
        var shard = read.Home.Shard;
        if (error is null)
        {
            stock = CachedStock.From(level, read.StartedAt);
            if (_keeps)
            {
                stock = shard.Store(read.Hash, read.Key, stock);
                // Old news say nothing about now.
                stock = read.Pushed is { } pushed && pushed.Version > stock.Version
                    ? shard.Store(read.Hash, read.Key, pushed)
                    : stock;
            }

            return true;
        }

        shard.MarkFailed(read.Hash, read.Key, unchecked(_clock.Milliseconds(now) + _restMilliseconds));
        return shard.TryGetLocked(read.Hash, read.Key, out stock) && now - stock.CheckedAt <= _staleIfError;
    }

    private bool TryDetachImpatient(ShardReads reads, out WaiterList waiters, out CachedStock stock)
    {
        waiters = default;
        stock = default;
        lock (reads.Shard.Gate)
        {
            var now = _clock.Now;
            foreach (var read in reads.Pending)
            {
                if (read.Waiters.IsEmpty
                    || now - read.StartedAt < _patience
                    || !reads.Shard.TryGetLocked(read.Hash, read.Key, out stock)
                    || now - stock.CheckedAt > _staleIfError)
                {
                    continue;
                }

                var patient = default(WaiterList);
                while (read.Waiters.TakeFirst() is { } waiter)
                {
                    (waiter.Demand.AcceptsStale ? ref waiters : ref patient).Add(waiter);
                }

                read.Waiters = patient;
                if (!waiters.IsEmpty)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Release(ref WaiterList waiters, in CachedStock stock) => _waiting.Release(waiters.SucceedAll(stock));
}
