using System.Runtime.CompilerServices;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>The one read of a key that is under way, and who waits for it. Pooled by its shard.</summary>
internal sealed class PendingRead
{
    private readonly StockReads _reads;
    private readonly Action _finish;
    private ValueTaskAwaiter<StockLevel?> _awaiter;

    public PendingRead(StockReads reads, ShardReads home)
    {
        _reads = reads;
        Home = home;
        _finish = Finish;
    }

    /// <summary>Requests that wait; under the shard's lock.</summary>
    public WaiterList Waiters;

    public ShardReads Home { get; }

    public PendingRead? NextFree { get; set; }

    public StockKey Key { get; private set; }

    public int Hash { get; private set; }

    /// <summary>What the change feed brought meanwhile: it may be newer than what the read returns. Under the shard's lock.</summary>
    public CachedStock? Pushed { get; set; }

    public long StartedAt { get; private set; }

    public void Prepare(int hash, StockKey key, long startedAt)
    {
        Hash = hash;
        Key = key;
        StartedAt = startedAt;
        Waiters = default;
        Pushed = null;
    }

    /// <summary>Reads on its own, not as part of a batch. Not under a lock.</summary>
    /// <remarks>
    /// Without a token of anybody: the read is everybody's who joins, and it ends by the client's own timeout.
    /// </remarks>
    public void Run(IStockReader source)
    {
#pragma warning disable CA1031 // Whatever it is belongs to those who wait.
#pragma warning disable CA2012 // Consumed once, by Finish.
        try
        {
            _awaiter = source.ReadAsync(Key, CancellationToken.None).GetAwaiter();
        }
        catch (Exception exception)
        {
            _reads.Complete(this, level: null, exception);
            return;
        }
#pragma warning restore CA1031, CA2012

        if (_awaiter.IsCompleted)
        {
            Finish();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_finish);
        }
    }

    private void Finish()
    {
        StockLevel? level = null;
        Exception? error = null;
#pragma warning disable CA1031 // Whatever it is belongs to those who wait.
        try
        {
            level = _awaiter.GetResult();
        }
        catch (Exception exception)
        {
            error = exception;
        }
#pragma warning restore CA1031

        _awaiter = default;
        _reads.Complete(this, level, error);
    }
}
