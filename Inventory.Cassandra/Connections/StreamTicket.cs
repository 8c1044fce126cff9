using System.Runtime.InteropServices;

namespace Inventory.Cassandra.Connections;

/// <summary>An operation as it was when it was sent: the generation tells whether it still is (<see cref="OperationState"/>).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamTicket(Operation Operation, int Generation);
