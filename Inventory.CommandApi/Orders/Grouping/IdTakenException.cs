namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>An order id of the group was claimed by another transaction between the look and the insert.</summary>
internal sealed class IdTakenException() : Exception("An order id was claimed by another transaction.");
