using Inventory.CommandApi.Idempotency;
using Inventory.Contracts;
using Inventory.Contracts.Corrections;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Inbounds;

internal static class ReceiptAnswers
{
    /// <summary>The answer to an inbound or, if there is a reason, to a correction.</summary>
    public static StoredAnswer Of(
        byte[] requestHash,
        Guid id,
        DateTimeOffset now,
        string? reason,
        IReadOnlyList<ChangedLine> changed,
        IReadOnlyList<RefusedLine>? refused) => reason is null
        ? StoredAnswer.Of(
            requestHash,
            StatusCodes.Status201Created,
            new InboundAnswer(id, now, changed, refused),
            ApiJson.Default.InboundAnswer)
        : StoredAnswer.Of(
            requestHash,
            StatusCodes.Status201Created,
            new CorrectionAnswer(id, now, reason, changed, refused),
            ApiJson.Default.CorrectionAnswer);
}
