using System.Text.Json.Serialization;
using Inventory.Contracts.Stocks;

namespace Inventory.Contracts.Orders;

/// <summary>A line together with what it left in stock and the version that this made.</summary>
/// <param name="VendorItemId">1 to 2^63 - 1.</param>
/// <param name="FulfillmentCenterId">1 to 2^31 - 1.</param>
/// <param name="Quantity">What was taken or received; of a correction what was added, negative if it was taken away.</param>
/// <param name="StockCount">What can be sold after the newest change of this line.</param>
/// <param name="Version">The version that this change made.</param>
/// <param name="UpdatedAt">When, UTC.</param>
/// <param name="CancelledQuantity">How many of <paramref name="Quantity"/> were given back.</param>
/// <param name="RequestedQuantity">Of a reservation that may be partial: how many were asked for.</param>
public sealed record ChangedLine(
    long VendorItemId,
    int FulfillmentCenterId,
    int Quantity,
    int StockCount,
    long Version,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CancelledQuantity = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RequestedQuantity = null)
{
    public StockKey ToKey() => new(VendorItemId, FulfillmentCenterId);
}
