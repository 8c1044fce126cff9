namespace Inventory.QueryApi.Stocks;

/// <summary>The routes of the stock reads.</summary>
internal static class StockRoutes
{
    public const string One = "/stocks/{vendorItemId}/{fulfillmentCenterId}";
    public const string Changes = "/stocks/{vendorItemId}/{fulfillmentCenterId}/changes";
    public const string Item = "/stocks/{vendorItemId}";
    public const string Batch = "/stocks/batch";
}
