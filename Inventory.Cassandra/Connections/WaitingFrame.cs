using System.Runtime.InteropServices;

namespace Inventory.Cassandra.Connections;

/// <summary>A request that waits for a stream, already encoded: its operation may be over before it is sent.</summary>
/// <param name="Ticket">What the answer will be for.</param>
/// <param name="Bytes">Rented.</param>
/// <param name="Length">Of the frame at their beginning.</param>
/// <param name="Deadline">When to give up.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WaitingFrame(StreamTicket Ticket, byte[] Bytes, int Length, long Deadline);
