using System.Runtime.ExceptionServices;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>The keys of a batch: each is joined where it is being read; the rest is read together.</summary>
internal sealed partial class StockReads
{
    /// <param name="cache">Where the keys belong.</param>
    /// <param name="keys">All keys of the batch.</param>
    /// <param name="missing">The indexes of those to be read.</param>
    /// <param name="stocks">Gets what is found, at the same indexes.</param>
    /// <param name="demand">What the answers must be like.</param>
    public async ValueTask ReadManyAsync(
        StockCache cache, ReadOnlyMemory<StockKey> keys, List<int> missing, Memory<CachedStock> stocks, ReadDemand demand)
    {
        var begun = new List<PendingRead>(missing.Count);
        var waits = new List<(int Index, ValueTask<CachedStock> Task)>(missing.Count);
        Exception? failure = null;
        foreach (var index in missing)
        {
            if (Begin(cache, keys.Span[index], demand, begun, out var task) is { } refusal)
            {
                failure = refusal;
                break;
            }

            waits.Add((index, task));
        }

        // What was begun runs to its end, whatever became of the rest: others may have joined it.
        _ = RunTogetherAsync(begun);
        foreach (var (index, task) in waits)
        {
#pragma warning disable CA1031 // Thrown again below: first every task must have been awaited.
            try
            {
                var stock = await task;
                stocks.Span[index] = stock;
            }
            catch (Exception exception)
            {
                failure = exception;
            }
#pragma warning restore CA1031
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private ReadRefusedException? Begin(
        StockCache cache, StockKey key, in ReadDemand demand, List<PendingRead> begun, out ValueTask<CachedStock> task)
    {
        var hash = StockCache.HashOf(key);
        var shard = cache.ShardOf(hash);
        var reads = _shards[shard.Number];
        lock (shard.Gate)
        {
            if (TryAnswer(reads, hash, key, demand, out var held, out var refusal, out var pending))
            {
                task = new ValueTask<CachedStock>(held);
                return null;
            }

            if (refusal is not null)
            {
                task = default;
                return refusal;
            }

            if (pending is null)
            {
                pending = BeginLocked(reads, hash, key);
                begun.Add(pending);
            }

            task = reads.Join(pending, demand).Task;
            return null;
        }
    }

    private async Task RunTogetherAsync(List<PendingRead> begun)
    {
        if (begun.Count == 0)
        {
            return;
        }

        var keys = new StockKey[begun.Count];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = begun[index].Key;
        }

        var levels = new StockLevel?[keys.Length];
        Exception? error = null;
#pragma warning disable CA1031 // Whatever it is belongs to those who wait.
        try
        {
            await _source.ReadManyAsync(keys, levels, CancellationToken.None);
        }
        catch (Exception exception)
        {
            error = exception;
        }
#pragma warning restore CA1031

        for (var index = 0; index < keys.Length; index++)
        {
            Complete(begun[index], levels[index], error);
        }
    }
}
