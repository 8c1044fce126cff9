namespace Inventory.CommandApi.Orders;

/// <summary>A state as the database spells it.</summary>
internal static class OrderStateText
{
    public static string Of(OrderState state) => state switch
    {
        OrderState.Placed => "placed",
        OrderState.Cancelled => "cancelled",
        OrderState.Rejected => "rejected",
        OrderState.Held => "held",
        OrderState.Released => "released",
        OrderState.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    public static OrderState Parse(string text) => text switch
    {
        "placed" => OrderState.Placed,
        "cancelled" => OrderState.Cancelled,
        "rejected" => OrderState.Rejected,
        "held" => OrderState.Held,
        "released" => OrderState.Released,
        "expired" => OrderState.Expired,
        _ => throw new FormatException($"Unknown order state '{text}'."),
    };
}
