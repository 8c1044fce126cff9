using System.Runtime.CompilerServices;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Verification;

/// <summary>
/// Looks again at keys that seemed to differ: orders may have gone on while the tables were read, and events may be on
/// their way.
/// </summary>
/// <param name="postgres">The truth.</param>
/// <param name="cassandra">The read side.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long a row that is behind may take to catch up.</param>
internal sealed class SuspectCheck(PostgresStock postgres, StockInspector cassandra, TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <returns>The real differences.</returns>
    public async IAsyncEnumerable<StockDifference> FindDifferencesAsync(
        StockTable table, IEnumerable<StockKey> suspects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var open = suspects.ToList();
        while (open.Count > 0)
        {
            var differing = new List<StockDifference>();
            foreach (var key in open)
            {
                var found = await CompareAsync(table, key, cancellationToken);
                if (found.IsNone)
                {
                    continue;
                }

                if (found.MayPass && time.GetElapsedTime(started) < patience)
                {
                    differing.Add(found);
                }
                else
                {
                    yield return found;
                }
            }

            open = differing.ConvertAll(difference => difference.Key);
            await (open.Count > 0 ? Task.Delay(Interval, time, cancellationToken) : Task.CompletedTask);
        }
    }

    /// <summary>What both stores hold for a key now.</summary>
    public async Task<StockDifference> CompareAsync(StockTable table, StockKey key, CancellationToken cancellationToken)
    {
        // Cassandra first: read in this order, it can be behind Postgres in a system that works, but never ahead of it.
        var copy = await cassandra.ReadAsync(table, key, cancellationToken);
        return new StockDifference(table, key, await postgres.ReadAsync(key, cancellationToken), copy);
    }
}
