using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra;

/// <summary>
/// Reads stock levels from Cassandra. <see cref="StockLevel.UpdatedAt"/> comes back in whole milliseconds, rounded down:
/// that is what a CQL <c>timestamp</c> holds. The version is exact.
/// </summary>
public interface IStockReader
{
    /// <returns>Null if there is no row.</returns>
    ValueTask<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken);

    /// <returns>The item's rows, ascending by fulfillment center.</returns>
    ValueTask<IReadOnlyList<StockRow>> ReadItemAsync(long vendorItemId, CancellationToken cancellationToken);

    /// <summary>Reads many keys at once. Fails as a whole if one of them can't be read.</summary>
    /// <param name="keys">May hold a key more than once.</param>
    /// <param name="levels">Gets the levels in the order of the keys; as long as they are.</param>
    /// <param name="cancellationToken">Ends the wait for all of them.</param>
    ValueTask ReadManyAsync(
        ReadOnlyMemory<StockKey> keys,
        Memory<StockLevel?> levels,
        CancellationToken cancellationToken);

    /// <summary>Every row of a table, page by page, in the order of the tokens.</summary>
    IAsyncEnumerable<StockRow> ScanAsync(StockTable table, CancellationToken cancellationToken);
}
