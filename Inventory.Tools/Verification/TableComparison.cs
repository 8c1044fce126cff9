using System.Collections;
using System.Runtime.CompilerServices;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Display;

namespace Inventory.Tools.Verification;

/// <summary>Compares one Cassandra table with Postgres, both ways.</summary>
internal sealed class TableComparison(StockSnapshot postgres, StockInspector cassandra, SuspectCheck suspectCheck)
{
    // Checked as soon as there are so many: memory stays bounded, and a table that lacks everything is told early.
    private const int MaximumSuspects = 1_000;

    /// <param name="table">Which one.</param>
    /// <param name="progress">Counts rows.</param>
    /// <param name="cancellationToken">Ends comparing.</param>
    /// <returns>The differences, as they are found.</returns>
    public async IAsyncEnumerable<StockDifference> FindDifferencesAsync(
        StockTable table, ProgressCounter progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var suspects = new List<StockKey>();
        await foreach (var key in FindSuspectsAsync(table, progress, cancellationToken))
        {
            suspects.Add(key);
            if (suspects.Count == MaximumSuspects)
            {
                await foreach (var difference in suspectCheck.FindDifferencesAsync(table, suspects, cancellationToken))
                {
                    yield return difference;
                }

                suspects.Clear();
            }
        }

        await foreach (var difference in suspectCheck.FindDifferencesAsync(table, suspects, cancellationToken))
        {
            yield return difference;
        }
    }

    // First the rows of Cassandra that Postgres lacks or has otherwise, then those that Cassandra lacks.
    private async IAsyncEnumerable<StockKey> FindSuspectsAsync(
        StockTable table,
        ProgressCounter progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new BitArray(postgres.Count);
        await foreach (var row in cassandra.ScanAsync(table, cancellationToken))
        {
            progress.Add();
            var index = postgres.Find(row.Key);
            if (index >= 0)
            {
                seen[index] = true;
            }

            if (index < 0 || !row.IsOurs || !postgres.Holds(index, row.Level!.Value))
            {
                yield return row.Key;
            }
        }

        for (var index = 0; index < seen.Length; index++)
        {
            if (!seen[index])
            {
                yield return postgres.KeyAt(index);
            }
        }
    }
}
