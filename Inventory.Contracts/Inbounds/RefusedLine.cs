namespace Inventory.Contracts.Inbounds;

/// <summary>A line of an inbound or a correction that changed nothing, while others may have.</summary>
/// <param name="VendorItemId">As in the request.</param>
/// <param name="FulfillmentCenterId">As in the request.</param>
/// <param name="Quantity">As in the request.</param>
/// <param name="Code">One of <see cref="Problems.ProblemCodes"/>.</param>
/// <param name="Detail">For people.</param>
public sealed record RefusedLine(long VendorItemId, int FulfillmentCenterId, int Quantity, string Code, string Detail);
