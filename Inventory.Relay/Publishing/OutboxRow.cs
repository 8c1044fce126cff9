using Inventory.Contracts.Events;

namespace Inventory.Relay.Publishing;

/// <summary>A change that waits for Kafka.</summary>
/// <param name="Id">Grows per key.</param>
/// <param name="Change">What changed.</param>
/// <param name="TraceParent">The trace of the command that changed it, or null.</param>
/// <param name="CommittedAt">When it was committed, by Postgres's clock; where that is not known when it was made.</param>
/// <param name="Transaction">The transaction that made it; null if every statement since has seen it.</param>
internal sealed record OutboxRow(
    long Id, StockChanged Change, string? TraceParent, DateTimeOffset CommittedAt, uint? Transaction = null);
