using Inventory.Contracts.Orders;

namespace Inventory.Contracts.Inbounds;

/// <summary>The body of <c>POST /inbounds</c>.</summary>
/// <param name="InboundId">Chosen by the client; a repeated request with it gets the first answer.</param>
/// <param name="Lines">1 to <see cref="MaximumLines"/> lines, each of another stock key; unknown keys are created.</param>
public sealed record ReceiveInboundRequest(Guid InboundId, IReadOnlyList<QuantityLine> Lines)
{
    public const int MaximumLines = 1_000;
}
