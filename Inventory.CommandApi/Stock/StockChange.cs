using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Stock;

/// <summary>What a command makes of one locked row.</summary>
/// <param name="Key">The row.</param>
/// <param name="Quantity">The line's quantity, 1 or more; the sign of the change lies in the command.</param>
/// <param name="Level">Count, version and time after the change.</param>
internal sealed record StockChange(StockKey Key, int Quantity, StockLevel Level)
{
    public ChangedLine ToLine() => new(
        Key.VendorItemId, Key.FulfillmentCenterId, Quantity, Level.StockCount, Level.Version, Level.UpdatedAt);
}
