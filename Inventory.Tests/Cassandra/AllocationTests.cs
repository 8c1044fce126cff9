using System.Diagnostics;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>
/// Alone, since what is counted is what the whole process allocates: rounds of reads, and before and after each of them a
/// moment without any, which shows what the rest of the process allocates.
/// </summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests(RealKeyspace keyspace) : IClassFixture<RealKeyspace>
{
    private const int Callers = 64;
    private const int ReadsPerCaller = 1_000;

    // The smallest object takes 24 bytes, so one in every sixth read would show.
    private const double Bound = 4;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_read_allocates_nothing()
    {
        var stop = TestContext.Current.CancellationToken;
        for (var item = 1; item <= Callers; item++)
        {
            await keyspace.Client.WriteAsync(new StockKey(item, 1), new StockLevel(item, 1, DateTimeOffset.UnixEpoch), stop);
        }

        List<string> seen = [];
        var least = double.MaxValue;
        var restBefore = await RestPerSecondAsync(stop);
        // The first round fills the pools; a stray allocation of the runner's spoils one round, not five.
        for (var round = 0; round < 6 && least >= Bound; round++)
        {
            var (allocated, seconds) = await MeasureAsync(() => Task.WhenAll(Enumerable.Range(1, Callers).Select(ReadManyTimesAsync)));
            var restAfter = await RestPerSecondAsync(stop);

            // The smaller of both: a burst beside the reads doesn't excuse them.
            var perRead = (allocated - (Math.Min(restBefore, restAfter) * seconds)) / (Callers * ReadsPerCaller);
            seen.Add($"{perRead:0.00} a read in {seconds:0.0} s; a second without reads {restBefore:0} and {restAfter:0}");
            least = Math.Min(least, perRead);
            restBefore = restAfter;
        }

        Assert.True(least < Bound, $"Bytes allocated, round by round: {string.Join("; ", seen)}.");
    }

    private static async Task<double> RestPerSecondAsync(CancellationToken stop)
    {
        var (allocated, seconds) = await MeasureAsync(() => Task.Delay(Moment, stop));
        return allocated / seconds;
    }

    private static async Task<(long Allocated, double Seconds)> MeasureAsync(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await act();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return (allocated, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private async Task ReadManyTimesAsync(int item)
    {
        await Task.Yield();
        for (var count = 0; count < ReadsPerCaller; count++)
        {
            var level = await keyspace.Client.ReadAsync(new StockKey(item, 1), CancellationToken.None);
            if (level?.StockCount != item)
            {
                throw new InvalidOperationException($"Item {item} came back as {level}.");
            }
        }
    }
}
