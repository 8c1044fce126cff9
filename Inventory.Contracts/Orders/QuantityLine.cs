using System.Text.Json.Serialization;
using Inventory.Contracts.Stocks;

namespace Inventory.Contracts.Orders;

/// <summary>A line of an order, a reservation, a cancellation or an inbound receipt: so many of one stock key.</summary>
/// <param name="VendorItemId">1 to 2^63 - 1.</param>
/// <param name="FulfillmentCenterId">1 to 2^31 - 1.</param>
/// <param name="Quantity">1 to 2^31 - 1.</param>
/// <param name="ExpectedVersion">
/// Of orders and reservations: the version that the key must still have, or null if any will do.
/// </param>
public sealed record QuantityLine(
    long VendorItemId,
    int FulfillmentCenterId,
    int Quantity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ExpectedVersion = null)
{
    public StockKey ToKey() => new(VendorItemId, FulfillmentCenterId);
}
