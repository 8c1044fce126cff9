using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>Both tables of a real node.</summary>
public sealed class StockTablesTests(RealKeyspace keyspace) : IClassFixture<RealKeyspace>
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CassandraClient Client => keyspace.Client;

    [Fact]
    public async Task A_level_that_was_written_is_read_back_from_both_tables()
    {
        var key = new StockKey(long.MaxValue, int.MaxValue);
        var level = new StockLevel(int.MaxValue, 1_700_000_000_000_001, Noon.AddMicroseconds(123_456));
        await Client.WriteAsync(key, level, Stop);

        // Milliseconds are what the column holds.
        var expected = level with { UpdatedAt = Noon.AddMilliseconds(123) };
        Assert.Equal(expected, await Client.ReadAsync(key, Stop));
        Assert.Equal([new StockRow(key, expected)], await Client.ReadItemAsync(key.VendorItemId, Stop));
    }

    [Fact]
    public async Task A_key_without_a_row_is_null_and_an_item_without_rows_is_empty()
    {
        Assert.Null(await Client.ReadAsync(new StockKey(404, 1), Stop));
        Assert.Empty(await Client.ReadItemAsync(404, Stop));
    }

    [Fact]
    public async Task An_older_version_never_replaces_a_newer_one_and_the_same_again_changes_nothing()
    {
        var key = new StockKey(7, 7);
        var newer = new StockLevel(1, 2000, Noon);
        await Client.WriteAsync(key, newer, Stop);
        await Client.WriteAsync(key, new StockLevel(9, 1000, Noon.AddHours(1)), Stop);
        await Client.WriteAsync(key, newer, Stop);
        Assert.Equal(newer, await Client.ReadAsync(key, Stop));
        Assert.Equal([new StockRow(key, newer)], await Client.ReadItemAsync(7, Stop));

        var newest = new StockLevel(3, 3000, Noon);
        await Client.WriteAsync(key, newest, Stop);
        Assert.Equal(newest, await Client.ReadAsync(key, Stop));
    }

    [Fact]
    public async Task An_items_rows_come_in_the_order_of_their_centers()
    {
        int[] centers = [40, 7, 1000, 1, 300];
        await Task.WhenAll(centers.Select(center =>
            Client.WriteAsync(new StockKey(8, center), new StockLevel(center, 1, Noon), Stop).AsTask()));
        var rows = await Client.ReadItemAsync(8, Stop);
        Assert.Equal(centers.Order(), rows.Select(static row => row.Key.FulfillmentCenterId));
        Assert.All(rows, static row => Assert.Equal(row.Key.FulfillmentCenterId, row.Level.StockCount));
    }

    [Fact]
    public async Task A_scan_brings_every_row_of_more_than_one_page_once()
    {
        const int Rows = 6000;
        await Parallel.ForAsync(1, Rows + 1, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (item, stop) =>
            await Client.WriteAsync(new StockKey(1_000_000 + item, 5), new StockLevel(item, item, Noon), stop));
        foreach (var table in Enum.GetValues<StockTable>())
        {
            var seen = new HashSet<long>();
            await foreach (var row in Client.ScanAsync(table, Stop))
            {
                if (row.Key.VendorItemId is > 1_000_000 and <= 1_000_000 + Rows)
                {
                    Assert.True(seen.Add(row.Key.VendorItemId));
                    Assert.Equal(row.Key.VendorItemId - 1_000_000, row.Level.StockCount);
                }
            }

            Assert.Equal(Rows, seen.Count);
        }
    }

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
    public async Task A_batch_gives_the_levels_in_the_order_of_the_keys()
    {
        await Client.WriteAsync(new StockKey(3_001, 1), new StockLevel(1, 1, Noon), Stop);
        await Client.WriteAsync(new StockKey(3_002, 1), new StockLevel(2, 1, Noon), Stop);
        StockKey[] keys = [new(3_002, 1), new(3_999, 1), new(3_001, 1), new(3_002, 1)];
        var levels = new StockLevel?[4];
        await Client.ReadManyAsync(keys, levels, Stop);
        Assert.Equal([2, null, 1, 2], levels.Select(static level => level?.StockCount));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.ReadManyAsync(keys, levels.AsMemory(1), Stop).AsTask());
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
