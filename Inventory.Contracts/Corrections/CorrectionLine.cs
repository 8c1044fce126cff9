using Inventory.Contracts.Stocks;

namespace Inventory.Contracts.Corrections;

/// <summary>A line of a correction.</summary>
/// <param name="VendorItemId">1 to 2^63 - 1.</param>
/// <param name="FulfillmentCenterId">1 to 2^31 - 1.</param>
/// <param name="Change">What to add; negative takes away. Not 0.</param>
public sealed record CorrectionLine(long VendorItemId, int FulfillmentCenterId, int Change)
{
    public StockKey ToKey() => new(VendorItemId, FulfillmentCenterId);
}
