using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Inbounds;

/// <summary>A line of an inbound or a correction.</summary>
/// <param name="Key">The row.</param>
/// <param name="Change">What to add; of a correction negative to take away.</param>
internal readonly record struct ReceiptLine(StockKey Key, int Change);
