using Inventory.Contracts.Stocks;
using Inventory.Relay.Reconciliation;

namespace Inventory.Tools.Rebuild;

/// <summary>
/// Whether a topic tells of every key. One that was made anew holds only what has changed since, and nothing in it says so.
/// </summary>
internal static class TopicCompleteness
{
    private const int PageSize = 10_000;

    /// <returns>How many keys of Postgres are not among these.</returns>
    public static async Task<long> CountMissingAsync(
        StockTruth truth, IReadOnlySet<StockKey> keys, CancellationToken cancellationToken)
    {
        var missing = 0L;
        var last = default(StockKey);
        while (await truth.ReadAfterAsync(last, PageSize, cancellationToken) is { Count: > 0 } rows)
        {
            missing += rows.Count(row => !keys.Contains(row.Key));
            last = rows[^1].Key;
        }

        return missing;
    }
}
