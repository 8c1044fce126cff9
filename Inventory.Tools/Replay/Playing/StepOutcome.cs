namespace Inventory.Tools.Replay.Playing;

/// <summary>What became of a request that was meant to change stock.</summary>
internal enum StepOutcome
{
    Placed,
    RejectedForStock,
    Cancelled,
    Returned,
    Failed,

    /// <summary>Interrupted while it was under way: it may have been done.</summary>
    Unfinished,
}
