using Inventory.Contracts.Stocks;

namespace Inventory.Contracts.Orders;

/// <summary>A line of an order or of an inbound receipt: so many of one stock key.</summary>
/// <param name="VendorItemId">1 to 2^63 - 1.</param>
/// <param name="FulfillmentCenterId">1 to 2^31 - 1.</param>
/// <param name="Quantity">1 to 2^31 - 1.</param>
public sealed record QuantityLine(long VendorItemId, int FulfillmentCenterId, int Quantity)
{
    public StockKey ToKey() => new(VendorItemId, FulfillmentCenterId);
}
