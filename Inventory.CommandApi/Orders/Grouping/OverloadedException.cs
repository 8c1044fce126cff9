namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>An order was refused before anything was done about it; it may be sent again.</summary>
internal sealed class OverloadedException() : Exception("Too many orders wait already.");
