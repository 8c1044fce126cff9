using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra;

/// <summary>Writes stock levels to Cassandra.</summary>
public interface IStockWriter
{
    /// <summary>
    /// Writes a level to both tables with its version as the write's timestamp: an older version never
    /// replaces a newer one, and writing the same again changes nothing. After a failure either table may have it.
    /// </summary>
    ValueTask WriteAsync(StockKey key, StockLevel level, CancellationToken cancellationToken);
}
