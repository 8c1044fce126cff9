using System.Diagnostics;

namespace Inventory.Relay.Projection;

/// <summary>A change that Cassandra is to acknowledge.</summary>
internal sealed class PendingWrite(ReceivedChange received, Activity? activity)
{
    public ReceivedChange Received { get; } = received;

    /// <summary>Its span, which ends with it.</summary>
    public Activity? Activity { get; } = activity;

    /// <summary>Why the last attempt failed; null once one has not.</summary>
    public Exception? Error { get; set; }

    /// <summary>How often Cassandra has refused it for what it is.</summary>
    public int Refusals { get; set; }

    /// <summary>How many writes of anything were acknowledged when it was first refused.</summary>
    public long AcknowledgedBefore { get; set; }
}
