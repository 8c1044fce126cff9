namespace Inventory.Relay.Publishing.Leases;

/// <summary>The leases do not outlast another sending, or are another's: whatever waits is left to their next holder.</summary>
internal sealed class LeaseLostException() : Exception("The leases of the outbox were lost; nothing is lost with them.");
