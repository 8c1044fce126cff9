namespace Inventory.Contracts.Corrections;

/// <summary>The body of <c>POST /corrections</c>.</summary>
/// <param name="Lines">1 to <see cref="MaximumLines"/> lines, each of another stock key that exists.</param>
/// <param name="Reason">1 to <see cref="MaximumReason"/> characters; kept with the correction.</param>
/// <param name="CorrectionId">
/// Chosen by the client; a repeated request with it gets the first answer. Left out, the header Idempotency-Key stands
/// for it.
/// </param>
public sealed record CorrectStockRequest(IReadOnlyList<CorrectionLine> Lines, string Reason, Guid? CorrectionId = null)
{
    public const int MaximumLines = 1_000;

    public const int MaximumReason = 500;
}
