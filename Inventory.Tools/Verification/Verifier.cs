using Inventory.Cassandra;
using Inventory.Tools.Display;

namespace Inventory.Tools.Verification;

/// <summary>
/// Compares every key:
/// 1. wait until the outbox is empty, so that what is compared has had its chance to arrive;
/// 2. read Postgres;
/// 3. compare each Cassandra table with it, and look twice at what differs;
/// 4. repair it, if that is asked for.
/// </summary>
internal sealed class Verifier(
    PostgresStock postgres, StockInspector cassandra, IProgressDisplay display, TimeProvider time, TimeSpan patience)
{
    /// <summary>What to do about a difference; null to do nothing.</summary>
    public Func<SuspectCheck, StockDifference, CancellationToken, Task<RepairOutcome>>? RepairAsync { get; init; }

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
        var result = new VerifyResult(snapshot.Count, leftInOutbox);
        foreach (var table in Enum.GetValues<StockTable>())
        {
            var compared = new ProgressCounter(snapshot.Count);
            await display.ShowAsync(
                $"Comparing {TableNames.Of(table)} (rows)",
                compared,
                () => CompareAsync(
                    comparison.FindDifferencesAsync(table, compared, cancellationToken), check, result, cancellationToken));
        }

        return result;
    }

    private async Task<long> CompareAsync(
        IAsyncEnumerable<StockDifference> differences,
        SuspectCheck check,
        VerifyResult result,
        CancellationToken cancellationToken)
    {
        await foreach (var difference in differences.WithCancellation(cancellationToken))
        {
            // 4.
            result.Add(difference, RepairAsync is null ? null : await RepairAsync(check, difference, cancellationToken));
        }

        return result.Left;
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
