using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.Cassandra;

/// <summary>What holds for both tables of a real node, whichever client reads and writes them.</summary>
public abstract class StockStoreContract
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract IStockReader Reader { get; }

    protected abstract IStockWriter Writer { get; }

    [Fact]
    public async Task A_level_that_was_written_is_read_back_from_both_tables()
    {
        var key = new StockKey(long.MaxValue, int.MaxValue);
        var level = new StockLevel(int.MaxValue, 1_700_000_000_000_001, Noon.AddMicroseconds(123_456));
        await Writer.WriteAsync(key, level, Stop);

        // Milliseconds are what the column holds.
        var expected = level with { UpdatedAt = Noon.AddMilliseconds(123) };
        Assert.Equal(expected, await Reader.ReadAsync(key, Stop));
        Assert.Equal([new StockRow(key, expected)], await Reader.ReadItemAsync(key.VendorItemId, Stop));
    }

    [Fact]
    public async Task A_key_without_a_row_is_null_and_an_item_without_rows_is_empty()
    {
        Assert.Null(await Reader.ReadAsync(new StockKey(404, 1), Stop));
        Assert.Empty(await Reader.ReadItemAsync(404, Stop));
    }

    [Fact]
    public async Task An_older_version_never_replaces_a_newer_one_and_the_same_again_changes_nothing()
    {
        var key = new StockKey(7, 7);
        var newer = new StockLevel(1, 2000, Noon);
        await Writer.WriteAsync(key, newer, Stop);
        await Writer.WriteAsync(key, new StockLevel(9, 1000, Noon.AddHours(1)), Stop);
        await Writer.WriteAsync(key, newer, Stop);
        Assert.Equal(newer, await Reader.ReadAsync(key, Stop));
        Assert.Equal([new StockRow(key, newer)], await Reader.ReadItemAsync(7, Stop));

        var newest = new StockLevel(3, 3000, Noon);
        await Writer.WriteAsync(key, newest, Stop);
        Assert.Equal(newest, await Reader.ReadAsync(key, Stop));
    }

    [Fact]
    public async Task An_items_rows_come_in_the_order_of_their_centers()
    {
        int[] centers = [40, 7, 1000, 1, 300];
        await Task.WhenAll(centers.Select(center =>
            Writer.WriteAsync(new StockKey(8, center), new StockLevel(center, 1, Noon), Stop).AsTask()));
        var rows = await Reader.ReadItemAsync(8, Stop);
        Assert.Equal(centers.Order(), rows.Select(static row => row.Key.FulfillmentCenterId));
        Assert.All(rows, static row => Assert.Equal(row.Key.FulfillmentCenterId, row.Level.StockCount));
    }

    [Fact]
    public async Task A_scan_brings_every_row_of_more_than_one_page_once()
    {
        const int Rows = 6000;
        await Parallel.ForAsync(1, Rows + 1, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (item, stop) =>
            await Writer.WriteAsync(new StockKey(1_000_000 + item, 5), new StockLevel(item, item, Noon), stop));
        foreach (var table in Enum.GetValues<StockTable>())
        {
            var seen = new HashSet<long>();
            await foreach (var row in Reader.ScanAsync(table, Stop))
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
    public async Task A_batch_gives_the_levels_in_the_order_of_the_keys()
    {
        await Writer.WriteAsync(new StockKey(3_001, 1), new StockLevel(1, 1, Noon), Stop);
        await Writer.WriteAsync(new StockKey(3_002, 1), new StockLevel(2, 1, Noon), Stop);
        StockKey[] keys = [new(3_002, 1), new(3_999, 1), new(3_001, 1), new(3_002, 1)];
        var levels = new StockLevel?[4];
        await Reader.ReadManyAsync(keys, levels, Stop);
        Assert.Equal([2, null, 1, 2], levels.Select(static level => level?.StockCount));
        await Assert.ThrowsAsync<ArgumentException>(() => Reader.ReadManyAsync(keys, levels.AsMemory(1), Stop).AsTask());
    }

    [Fact]
    public async Task A_read_that_is_cancelled_already_is_not_made()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Reader.ReadAsync(new StockKey(1, 1), new CancellationToken(canceled: true)).AsTask());
    }
}
