using Inventory.Contracts.Events;

namespace Inventory.Relay.Projection;

/// <summary>A change as it came from Kafka.</summary>
internal sealed class ReceivedChange(StockChanged change, string? traceParent, TakenMessage message)
{
    public StockChanged Change { get; } = change;

    public string? TraceParent { get; } = traceParent;

    public TakenMessage Message { get; } = message;

    /// <summary>The next older change of the key in its batch, which counts if Cassandra refuses this one.</summary>
    public ReceivedChange? Older { get; set; }
}
