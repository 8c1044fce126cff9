namespace Inventory.CommandApi.Stock;

/// <summary>A stock key that has another version than an order expects.</summary>
internal sealed record StaleVersion(
    long VendorItemId, int FulfillmentCenterId, long ExpectedVersion, long Version, int StockCount);
