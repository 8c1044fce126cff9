using Inventory.Cassandra;
using Inventory.Tools.Display;

namespace Inventory.Tools.Verification;

/// <summary>
/// Compares every key:
/// 1. wait until the outbox is empty, so that what is compared has had its chance to arrive;
/// 2. read Postgres;
/// 3. compare each Cassandra table with it, and look twice at what differs;
/// 4. end at the first difference, unless differences are to be repaired.
/// </summary>
internal sealed class Verifier(
    PostgresStock postgres, IStockReader cassandra, IProgressDisplay display, TimeProvider time, TimeSpan patience)
{
    /// <summary>What to do about a difference, and whether it helped; null to do nothing.</summary>
    public Func<SuspectCheck, StockDifference, CancellationToken, Task<bool>>? RepairAsync { get; init; }

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public async Task<VerifyResult> RunAsync(CancellationToken cancellationToken)
    {
        // 1.
        var outbox = new ProgressCounter(await postgres.CountOutboxAsync(cancellationToken));
        var leftInOutbox = await display.ShowAsync(
            "Waiting for the outbox (changes)", outbox, () => WaitForOutboxAsync(outbox, cancellationToken));

        // 2.
        var rows = new ProgressCounter(await postgres.CountAsync(cancellationToken));
        var snapshot = await display.ShowAsync("Reading Postgres (rows)", rows, () => postgres.ReadAllAsync(rows, cancellationToken));

        // 3.
        var check = new SuspectCheck(postgres, cassandra, time, patience);
        var comparison = new TableComparison(snapshot, cassandra, check);
        var result = new VerifyResult(snapshot.Count, leftInOutbox, Difference: null);
        foreach (var table in Enum.GetValues<StockTable>())
        {
            var compared = new ProgressCounter(snapshot.Count);
            result = await display.ShowAsync(
                $"Comparing {TableNames.Of(table)} (rows)",
                compared,
                () => CompareAsync(
                    comparison.FindDifferencesAsync(table, compared, cancellationToken), check, result, cancellationToken));
            if (result.Difference is not null && RepairAsync is null)
            {
                break;
            }
        }

        return result;
    }

    private async Task<VerifyResult> CompareAsync(
        IAsyncEnumerable<StockDifference> differences,
        SuspectCheck check,
        VerifyResult result,
        CancellationToken cancellationToken)
    {
        await foreach (var difference in differences.WithCancellation(cancellationToken))
        {
            // 4.
            if (RepairAsync is null)
            {
                return result with { Difference = difference };
            }

            result = await RepairAsync(check, difference, cancellationToken)
                ? result with { Repaired = result.Repaired + 1 }
                : result with { Left = result.Left + 1, Difference = result.Difference ?? difference };
        }

        return result;
    }

    // Ends when it is empty or patience is over: a comparison tells more than a timeout would.
    private async Task<long> WaitForOutboxAsync(ProgressCounter progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var left = await postgres.CountOutboxAsync(cancellationToken);
            progress.Set(Math.Max(0, progress.Total - left));
            if (left == 0 || time.GetElapsedTime(started) >= patience)
            {
                return left;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
