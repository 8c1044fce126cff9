using Inventory.Contracts.Events;

namespace Inventory.Relay.Projection;

/// <summary>A change as it came from Kafka.</summary>
internal sealed record ReceivedChange(StockChanged Change, string? TraceParent, TakenMessage Message);
