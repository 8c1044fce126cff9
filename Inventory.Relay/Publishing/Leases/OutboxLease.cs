namespace Inventory.Relay.Publishing.Leases;

/// <summary>The right to publish one partition of the outbox.</summary>
/// <param name="Partition">0 to 15.</param>
/// <param name="Token">Grows with every change of owner.</param>
internal readonly record struct OutboxLease(short Partition, long Token);
