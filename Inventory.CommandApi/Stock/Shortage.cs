namespace Inventory.CommandApi.Stock;

/// <summary>A stock key that has less than an order asks for.</summary>
internal sealed record Shortage(long VendorItemId, int FulfillmentCenterId, int Requested, int Available);
