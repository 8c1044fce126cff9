using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>Our own client on the tables of a real node.</summary>
public sealed class StockTablesTests(RealKeyspace keyspace) : StockStoreContract, IClassFixture<RealKeyspace>
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    protected override IStockReader Reader => Client;

    protected override IStockWriter Writer => Client;

    private CassandraClient Client => keyspace.Client;

    [Fact]
    public async Task Many_reads_at_once_on_few_streams_each_get_their_own_answer()
    {
        for (var item = 1; item <= 50; item++)
        {
            await Client.WriteAsync(new StockKey(2_000 + item, 1), new StockLevel(item, 1, Noon), Stop);
        }

        await using var narrow = await TestClients.ConnectAsync(
            keyspace.ConnectionString, static options => options.MaxRequestsInFlight = 4);
        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (number, stop) =>
        {
            var item = number % 51;
            var level = await narrow.ReadAsync(new StockKey(2_000 + item, 1), stop);
            Assert.Equal(item == 0 ? null : item, level?.StockCount);
        });
    }

    [Fact]
    public async Task The_query_that_the_project_began_with_runs_as_it_is()
    {
        await Client.WriteAsync(new StockKey(9, 9), new StockLevel(99, 1, Noon), Stop);
        await keyspace.Session.ExecuteAsync($"USE {keyspace.Name}", Stop);
        var answer = await keyspace.Session.AskAsync(
            "SELECT stock_count FROM stocks WHERE vendor_item_id = :vid AND fulfillment_center_id = :fid",
            new Dictionary<string, byte[]> { ["vid"] = FakeFrames.Long(9), ["fid"] = FakeFrames.Int(9) },
            Stop);
        Assert.Equal(99, answer);
    }

    [Fact]
    public async Task Creating_the_tables_again_changes_nothing()
    {
        await Client.WriteAsync(new StockKey(10, 10), new StockLevel(1, 1, Noon), Stop);
        await keyspace.EnsureAsync();
        Assert.NotNull(await Client.ReadAsync(new StockKey(10, 10), Stop));
    }
}
