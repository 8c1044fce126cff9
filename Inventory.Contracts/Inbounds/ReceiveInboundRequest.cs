using System.Text.Json.Serialization;
using Inventory.Contracts.Orders;

namespace Inventory.Contracts.Inbounds;

/// <summary>The body of <c>POST /inbounds</c>.</summary>
/// <param name="Lines">1 to <see cref="MaximumLines"/> lines, each of another stock key; unknown keys are created.</param>
/// <param name="InboundId">
/// Chosen by the client; a repeated request with it gets the first answer. Left out, the header Idempotency-Key stands
/// for it.
/// </param>
[method: JsonConstructor]
public sealed record ReceiveInboundRequest(IReadOnlyList<QuantityLine> Lines, Guid? InboundId = null)
{
    public const int MaximumLines = 1_000;

    public ReceiveInboundRequest(Guid inboundId, IReadOnlyList<QuantityLine> lines)
        : this(lines, inboundId)
    {
    }
}
