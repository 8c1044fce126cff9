using Inventory.Contracts.Events;

namespace Inventory.Relay.Publishing;

/// <summary>A change that waits for Kafka.</summary>
/// <param name="Partition">The partition of the outbox, 0 to 15; all changes of a key are in one.</param>
/// <param name="Id">Grows per key.</param>
/// <param name="Change">What changed.</param>
/// <param name="TraceParent">The trace of the command that changed it, or null.</param>
internal sealed record OutboxRow(short Partition, long Id, StockChanged Change, string? TraceParent);
