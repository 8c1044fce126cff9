using Inventory.Contracts.Stocks;

namespace Inventory.Contracts.Orders;

/// <summary>A line together with what it left in stock and the version that this made.</summary>
public sealed record ChangedLine(
    long VendorItemId,
    int FulfillmentCenterId,
    int Quantity,
    int StockCount,
    long Version,
    DateTimeOffset UpdatedAt)
{
    public StockKey ToKey() => new(VendorItemId, FulfillmentCenterId);
}
