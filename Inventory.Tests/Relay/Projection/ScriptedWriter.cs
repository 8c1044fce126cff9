using System.Collections.Concurrent;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.Relay.Projection;

/// <summary>Acknowledges writes when and how a test says: what a real node cannot be made to do one by one.</summary>
internal sealed class ScriptedWriter(Func<StockRow, Task> acknowledge) : IStockWriter
{
    private readonly ConcurrentQueue<StockRow> _acknowledged = new();

    /// <summary>In the order of their acknowledgements.</summary>
    public IReadOnlyCollection<StockRow> Acknowledged => _acknowledged;

    public async ValueTask WriteAsync(StockKey key, StockLevel level, CancellationToken cancellationToken)
    {
        var row = new StockRow(key, level);
        await acknowledge(row).WaitAsync(cancellationToken);
        _acknowledged.Enqueue(row);
    }
}
