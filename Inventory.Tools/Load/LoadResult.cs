namespace Inventory.Tools.Load;

/// <summary>What became of the requests.</summary>
/// <param name="Latencies">From the moment a request was due to the end of its answer, failed ones included.</param>
/// <param name="Sent">All of them.</param>
/// <param name="Errors">By what went wrong: a status or the name of an exception.</param>
/// <param name="Elapsed">From the first due to the last answered.</param>
/// <param name="LatestStart">How far behind its plan this program was at worst.</param>
internal sealed record LoadResult(
    LatencyHistogram Latencies,
    long Sent,
    IReadOnlyDictionary<string, int> Errors,
    TimeSpan Elapsed,
    TimeSpan LatestStart)
{
    public int ErrorCount => Errors.Values.Sum();

    public double Rate => Sent / Elapsed.TotalSeconds;
}
