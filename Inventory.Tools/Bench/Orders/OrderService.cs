namespace Inventory.Tools.Bench.Orders;

/// <summary>A process that takes orders.</summary>
internal sealed record OrderService(int ProcessId, Uri Orders);
