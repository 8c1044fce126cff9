using Inventory.Contracts.Events;

namespace Inventory.CommandApi.Stock;

/// <summary>A change with what the outbox tells about it.</summary>
/// <param name="Change">The change.</param>
/// <param name="Cause">What made it.</param>
/// <param name="TraceParent">W3C trace context of the request that made it, or null.</param>
internal sealed record RecordedChange(StockChange Change, StockChangeCause Cause, string? TraceParent);
