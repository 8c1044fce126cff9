namespace Inventory.CommandApi.Orders;

/// <summary>What became of an order or a reservation, which is an order that is not placed yet.</summary>
internal enum OrderState
{
    /// <summary>Its stock was taken and is sold.</summary>
    Placed,

    /// <summary>All of its stock was given back.</summary>
    Cancelled,

    /// <summary>It took nothing.</summary>
    Rejected,

    /// <summary>A reservation: its stock was taken and is not sold yet.</summary>
    Held,

    /// <summary>A reservation that was given up.</summary>
    Released,

    /// <summary>A reservation whose time ran out.</summary>
    Expired,
}
