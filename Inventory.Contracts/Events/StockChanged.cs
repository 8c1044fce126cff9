using System.Text.Json.Serialization;
using Inventory.Contracts.Stocks;

namespace Inventory.Contracts.Events;

/// <summary>The data of an <c>inventory.stock-changed.v1</c> event: the absolute count, so that it can be replayed.</summary>
/// <param name="VendorItemId">1 to 2^63 - 1.</param>
/// <param name="FulfillmentCenterId">1 to 2^31 - 1.</param>
/// <param name="StockCount">What can be sold after the change, 0 to 2^31 - 1.</param>
/// <param name="Version">Strictly grows per key; 1 to what <see cref="VersionBounds"/> allows.</param>
/// <param name="UpdatedAt">When the version was made, UTC.</param>
/// <param name="Cause">What changed the stock.</param>
public sealed record StockChanged(
    [property: JsonRequired] long VendorItemId,
    [property: JsonRequired] int FulfillmentCenterId,
    [property: JsonRequired] int StockCount,
    [property: JsonRequired] long Version,
    [property: JsonRequired] DateTimeOffset UpdatedAt,
    [property: JsonRequired] StockChangeCause Cause)
{
    public StockKey ToKey() => new(VendorItemId, FulfillmentCenterId);

    public StockLevel ToLevel() => new(StockCount, Version, UpdatedAt);
}
