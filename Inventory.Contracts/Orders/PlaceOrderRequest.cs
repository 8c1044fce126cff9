using System.Text.Json.Serialization;

namespace Inventory.Contracts.Orders;

/// <summary>The body of <c>POST /orders</c>.</summary>
/// <param name="Lines">1 to <see cref="MaximumLines"/> lines, each of another stock key. All are taken or none.</param>
/// <param name="OrderId">
/// Chosen by the client; a repeated request with it gets the first answer. Left out, the header Idempotency-Key stands
/// for it.
/// </param>
[method: JsonConstructor]
public sealed record PlaceOrderRequest(IReadOnlyList<QuantityLine> Lines, Guid? OrderId = null)
{
    public const int MaximumLines = 100;

    public PlaceOrderRequest(Guid orderId, IReadOnlyList<QuantityLine> lines)
        : this(lines, orderId)
    {
    }
}
