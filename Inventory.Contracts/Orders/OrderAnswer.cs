namespace Inventory.Contracts.Orders;

/// <summary>
/// The answer to <c>POST /orders</c>, <c>POST /orders/{orderId}/cancel</c> and <c>GET /orders/{orderId}</c>.
/// </summary>
/// <param name="OrderId">The id that the client chose.</param>
/// <param name="Status">What became of the order.</param>
/// <param name="PlacedAt">When it was decided, UTC.</param>
/// <param name="CancelledAt">When it was cancelled, UTC.</param>
/// <param name="Lines">Its lines, by stock key, with the stock that the newest change of this order left.</param>
public sealed record OrderAnswer(
    Guid OrderId,
    OrderStatus Status,
    DateTimeOffset PlacedAt,
    DateTimeOffset? CancelledAt,
    IReadOnlyList<ChangedLine> Lines);
