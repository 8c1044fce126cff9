using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Orders;

/// <summary>A line of an order or reservation as it is stored.</summary>
/// <param name="Key">What it is of.</param>
/// <param name="Quantity">What it took; of a rejected order what was asked for.</param>
/// <param name="RequestedQuantity">Of a reservation that may be partial: what was asked for.</param>
/// <param name="ExpectedVersion">The version that the key had to have, or null.</param>
/// <param name="StockCount">What it left; of a rejected order what it found, null for an unknown key.</param>
/// <param name="Version">Likewise.</param>
/// <param name="CancelledQuantity">How many of <paramref name="Quantity"/> were given back.</param>
/// <param name="Changed">What the newest giving back left, or null.</param>
internal sealed record StoredLine(
    StockKey Key,
    int Quantity,
    int? RequestedQuantity,
    long? ExpectedVersion,
    int? StockCount,
    long? Version,
    int CancelledQuantity = 0,
    StockLevel? Changed = null)
{
    public int Remaining => Quantity - CancelledQuantity;

    public int Asked => RequestedQuantity ?? Quantity;

    /// <summary>The line as it was first answered.</summary>
    public ChangedLine AtFirst(DateTimeOffset decidedAt) => new(
        Key.VendorItemId,
        Key.FulfillmentCenterId,
        Quantity,
        StockCount ?? 0,
        Version ?? 0,
        decidedAt,
        RequestedQuantity: RequestedQuantity);

    /// <summary>The line as it is now.</summary>
    public ChangedLine AtPresent(DateTimeOffset decidedAt) => Changed is not { } changed
        ? AtFirst(decidedAt)
        : AtFirst(decidedAt) with
        {
            StockCount = changed.StockCount,
            Version = changed.Version,
            UpdatedAt = changed.UpdatedAt,
            CancelledQuantity = CancelledQuantity,
        };
}
