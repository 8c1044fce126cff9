using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>Alone: what is counted is what the whole process allocates.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests(RealKeyspace keyspace) : IClassFixture<RealKeyspace>
{
    private const int Callers = 64;
    private const int ReadsPerCaller = 1_000;

    // The smallest object takes 24 bytes, so one in every sixth read would show. Below that it is the rest of the process,
    // which allocates with time and not with reads: on an overloaded machine 3 bytes a read of 300 were seen.
    private const double Bound = 4;

    [Fact]
    public async Task A_read_allocates_nothing()
    {
        var stop = TestContext.Current.CancellationToken;
        for (var item = 1; item <= Callers; item++)
        {
            await keyspace.Client.WriteAsync(new StockKey(item, 1), new StockLevel(item, 1, DateTimeOffset.UnixEpoch), stop);
        }

        var least = double.MaxValue;
        // The first round fills the pools; a stray allocation of the runner's spoils one round, not five.
        for (var round = 0; round < 6 && least >= Bound; round++)
        {
            var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var measured = Enumerable.Range(1, Callers).Select(item => ReadWhenAsync(ready.Task, item)).ToArray();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            ready.SetResult();
            await Task.WhenAll(measured);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            least = Math.Min(least, allocated / (double)(Callers * ReadsPerCaller));
        }

        Assert.True(least < Bound, $"{least:0.00} bytes were allocated per read.");
    }

    private async Task ReadWhenAsync(Task ready, int item)
    {
        await ready;
        await ReadManyTimesAsync(item);
    }

    private async Task ReadManyTimesAsync(int item)
    {
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
