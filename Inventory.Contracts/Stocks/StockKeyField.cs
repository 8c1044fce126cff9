namespace Inventory.Contracts.Stocks;

/// <summary>A stock key as a JSON object.</summary>
public sealed record StockKeyField(long VendorItemId, int FulfillmentCenterId)
{
    public static StockKeyField From(StockKey key) => new(key.VendorItemId, key.FulfillmentCenterId);

    public StockKey ToKey() => new(VendorItemId, FulfillmentCenterId);
}
