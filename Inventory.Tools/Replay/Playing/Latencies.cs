namespace Inventory.Tools.Replay.Playing;

/// <summary>How long changes took to become readable.</summary>
/// <param name="Sorted">One per sample; those never seen count as long as they were waited for.</param>
/// <param name="NeverSeen">How many were waited for in vain.</param>
internal sealed record Latencies(IReadOnlyList<TimeSpan> Sorted, int NeverSeen)
{
    /// <summary>By nearest rank: a value that was measured, never one in between.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public TimeSpan Percentile(double share) => Sorted[Math.Max(0, (int)Math.Ceiling(share * Sorted.Count) - 1)];
}
