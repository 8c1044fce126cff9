using Inventory.CommandApi.Idempotency;
using Inventory.Contracts;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Orders;

/// <summary>Makes the answers about orders of what is stored, the same each time.</summary>
internal static class OrderAnswers
{
    /// <summary>To <c>POST /orders</c>, whatever has become of the order since.</summary>
    public static IResult ToPlacing(StoredOrder order)
    {
        // Relative to the request, because the gateway serves it under another path.
        var location = $"orders/{order.OrderId}";
        return order.EarlierAnswer is { } stored ? stored.ToResult(location)
            : order.State == OrderState.Rejected ? Rejection(order)
            : new JsonAnswer<OrderAnswer>(
                StatusCodes.Status201Created, AtFirst(order, order.DecidedAt), ApiJson.Default.OrderAnswer, location);
    }

    /// <summary>To the confirmation of a reservation, whatever has become of the order since.</summary>
    public static IResult ToConfirming(StoredOrder order) => new JsonAnswer<OrderAnswer>(
        StatusCodes.Status201Created,
        AtFirst(order, order.ConfirmedAt!.Value),
        ApiJson.Default.OrderAnswer,
        $"../../orders/{order.OrderId}");

    public static IResult Rejection(StoredOrder order) =>
        new RejectionAnswer(OrderRejection.Of(order.Lines)!);

    /// <summary>The order as it is now.</summary>
    public static OrderAnswer Present(StoredOrder order) => new(
        order.OrderId,
        order.State switch
        {
            OrderState.Cancelled => OrderStatus.Cancelled,
            OrderState.Rejected => OrderStatus.Rejected,
            _ => OrderStatus.Placed,
        },
        order.ConfirmedAt ?? order.DecidedAt,
        order.ClosedAt,
        order.State == OrderState.Rejected
            ? []
            : [.. order.Lines.Where(line => line.Quantity > 0).Select(line => line.AtPresent(order.DecidedAt))]);

    private static OrderAnswer AtFirst(StoredOrder order, DateTimeOffset placedAt) => new(
        order.OrderId,
        OrderStatus.Placed,
        placedAt,
        CancelledAt: null,
        [.. order.Lines.Where(line => line.Quantity > 0).Select(line => line.AtFirst(order.DecidedAt))]);
}
