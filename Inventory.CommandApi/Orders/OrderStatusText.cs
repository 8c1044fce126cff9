using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Orders;

/// <summary>A status as the database spells it.</summary>
internal static class OrderStatusText
{
    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Placed => "placed",
        OrderStatus.Cancelled => "cancelled",
        OrderStatus.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    public static OrderStatus Parse(string text) => text switch
    {
        "placed" => OrderStatus.Placed,
        "cancelled" => OrderStatus.Cancelled,
        "rejected" => OrderStatus.Rejected,
        _ => throw new FormatException($"Unknown order status '{text}'."),
    };
}
