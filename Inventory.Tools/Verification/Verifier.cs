using Inventory.Cassandra;
using Inventory.Tools.Display;

namespace Inventory.Tools.Verification;

/// <summary>
/// Compares every key:
/// 1. wait until the outbox is empty, so that what is compared has had its chance to arrive;
/// 2. read Postgres;
/// 3. compare each Cassandra table with it, and look twice at what differs.
/// </summary>
internal sealed class Verifier(
    PostgresStock postgres, IStockReader cassandra, IProgressDisplay display, TimeProvider time, TimeSpan patience)
{
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
        var comparison = new TableComparison(snapshot, cassandra, new SuspectCheck(postgres, cassandra, time, patience));
        foreach (var table in Enum.GetValues<StockTable>())
        {
            var compared = new ProgressCounter(snapshot.Count);
            var difference = await display.ShowAsync(
                $"Comparing {TableNames.Of(table)} (rows)",
                compared,
                () => comparison.FindDifferenceAsync(table, compared, cancellationToken));
            if (difference is not null)
            {
                return new VerifyResult(snapshot.Count, leftInOutbox, difference);
            }
        }

        return new VerifyResult(snapshot.Count, leftInOutbox, Difference: null);
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
