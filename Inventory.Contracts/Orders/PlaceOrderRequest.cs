namespace Inventory.Contracts.Orders;

/// <summary>The body of <c>POST /orders</c>.</summary>
/// <param name="OrderId">Chosen by the client; a repeated request with it gets the first answer.</param>
/// <param name="Lines">1 to <see cref="MaximumLines"/> lines, each of another stock key. All are taken or none.</param>
public sealed record PlaceOrderRequest(Guid OrderId, IReadOnlyList<QuantityLine> Lines)
{
    public const int MaximumLines = 100;
}
