using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.QueryApi;

/// <summary>A Cassandra that fails just so, which a real one can't be told to.</summary>
internal sealed class FailingStockReader(Func<Exception> failure) : IStockReader
{
    public ValueTask<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken) =>
        ValueTask.FromException<StockLevel?>(failure());

    public ValueTask<IReadOnlyList<StockRow>> ReadItemAsync(long vendorItemId, CancellationToken cancellationToken) =>
        ValueTask.FromException<IReadOnlyList<StockRow>>(failure());

    public ValueTask ReadManyAsync(
        ReadOnlyMemory<StockKey> keys, Memory<StockLevel?> levels, CancellationToken cancellationToken) =>
        ValueTask.FromException(failure());

    public IAsyncEnumerable<StockRow> ScanAsync(StockTable table, CancellationToken cancellationToken) =>
        throw failure();
}
