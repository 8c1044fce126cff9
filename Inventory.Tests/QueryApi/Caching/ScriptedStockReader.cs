using System.Collections.Concurrent;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.QueryApi.Caching;

/// <summary>A Cassandra whose answers the test gives, one by one, and which notices two reads of a key at once.</summary>
internal sealed class ScriptedStockReader : IStockReader
{
    private readonly ConcurrentDictionary<StockKey, int> _underWay = [];

    public ConcurrentQueue<ScriptedRead> Reads { get; } = [];

    /// <summary>Answers a read at once instead of leaving it to the test.</summary>
    public Func<StockKey, StockLevel?>? Answer { get; set; }

    public int Started { get; private set; }

    public bool SawTwoReadsOfAKey { get; private set; }

    public ScriptedRead Next() => Reads.TryDequeue(out var read) ? read : throw new InvalidOperationException("Nothing is read.");

    public async ValueTask<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken)
    {
        lock (_underWay)
        {
            Started++;
        }

        SawTwoReadsOfAKey |= _underWay.AddOrUpdate(key, 1, (_, count) => count + 1) > 1;
        try
        {
            if (Answer is { } answer)
            {
                return answer(key);
            }

            var read = new ScriptedRead(key);
            Reads.Enqueue(read);
            return await read.Task;
        }
        finally
        {
            _underWay.AddOrUpdate(key, 0, (_, count) => count - 1);
        }
    }

    public async ValueTask ReadManyAsync(
        ReadOnlyMemory<StockKey> keys, Memory<StockLevel?> levels, CancellationToken cancellationToken)
    {
        var tasks = keys.ToArray().Select(key => ReadAsync(key, cancellationToken).AsTask()).ToArray();
        (await Task.WhenAll(tasks)).CopyTo(levels);
    }

    /// <summary>Answers reads of items.</summary>
    public Func<long, Task<IReadOnlyList<StockRow>>>? AnswerItem { get; set; }

    public async ValueTask<IReadOnlyList<StockRow>> ReadItemAsync(long vendorItemId, CancellationToken cancellationToken) =>
        await (AnswerItem ?? throw new NotSupportedException())(vendorItemId);

    public IAsyncEnumerable<StockRow> ScanAsync(StockTable table, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
