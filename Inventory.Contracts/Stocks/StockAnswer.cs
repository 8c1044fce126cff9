namespace Inventory.Contracts.Stocks;

/// <summary>The answer to <c>GET /stocks/{vendorItemId}/{fulfillmentCenterId}</c>.</summary>
public sealed record StockAnswer(
    long VendorItemId,
    int FulfillmentCenterId,
    int StockCount,
    long Version,
    DateTimeOffset UpdatedAt)
{
    public static StockAnswer From(StockKey key, StockLevel level) =>
        new(key.VendorItemId, key.FulfillmentCenterId, level.StockCount, level.Version, level.UpdatedAt);
}
