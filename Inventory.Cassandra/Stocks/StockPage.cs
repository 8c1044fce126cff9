using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra.Stocks;

/// <param name="Rows">In the order they came in.</param>
/// <param name="PagingState">Where to go on; empty on the last page.</param>
internal sealed record StockPage(IReadOnlyList<StockRow> Rows, byte[] PagingState);
