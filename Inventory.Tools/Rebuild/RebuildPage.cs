using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Rebuild;

/// <param name="Rows">To write.</param>
/// <param name="Next">Where to go on once they are written.</param>
internal sealed record RebuildPage(IReadOnlyCollection<StockRow> Rows, RebuildCheckpoint Next);
