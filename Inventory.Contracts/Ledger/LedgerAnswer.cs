namespace Inventory.Contracts.Ledger;

/// <summary>A page of <c>GET /stocks/{vendorItemId}/{fulfillmentCenterId}/ledger</c>.</summary>
/// <param name="VendorItemId">As asked.</param>
/// <param name="FulfillmentCenterId">As asked.</param>
/// <param name="Entries">The newest first.</param>
/// <param name="Next">The cursor of the next, older page; null on the last one.</param>
public sealed record LedgerAnswer(
    long VendorItemId,
    int FulfillmentCenterId,
    IReadOnlyList<LedgerEntry> Entries,
    string? Next);
