namespace Inventory.Contracts.Stocks;

/// <summary>The answer to <c>GET /stocks/{vendorItemId}</c>: every fulfillment center, ascending, and their sum.</summary>
public sealed record ItemStockAnswer(
    long VendorItemId,
    long TotalStockCount,
    IReadOnlyList<StockAnswer> FulfillmentCenters);
