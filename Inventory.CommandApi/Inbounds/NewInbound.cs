using Inventory.CommandApi.Idempotency;

namespace Inventory.CommandApi.Inbounds;

/// <summary>An inbound or correction that was decided.</summary>
/// <param name="InboundId">The client's.</param>
/// <param name="Reason">Of a correction.</param>
/// <param name="Lines">What was added, without refused lines.</param>
/// <param name="Answer">What its client is told.</param>
internal sealed record NewInbound(Guid InboundId, string? Reason, IReadOnlyList<ReceiptLine> Lines, StoredAnswer Answer);
