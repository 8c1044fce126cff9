namespace Inventory.Relay.Publishing;

/// <summary>What waits.</summary>
/// <param name="WaitingRows">Rows in the outbox; above 10,000 the estimate of Postgres's statistics.</param>
/// <param name="OldestSeconds">Age of the oldest of them, 0 if there are none.</param>
/// <param name="SlotLagBytes">Log between the slot's confirmed position and the end; 0 without a slot.</param>
/// <param name="IsSlotLost">Whether the server gave the slot up.</param>
internal sealed record OutboxState(long WaitingRows, double OldestSeconds, long SlotLagBytes, bool IsSlotLost);
