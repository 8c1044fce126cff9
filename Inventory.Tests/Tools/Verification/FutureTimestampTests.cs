using System.Globalization;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Verification;

namespace Inventory.Tests.Tools.Verification;

/// <summary>Something wrote to Cassandra under a clock that ran ahead. Stores of their own: not all of it can be healed.</summary>
public sealed class FutureTimestampTests(TwoStores stores) : IAsyncLifetime, IClassFixture<TwoStores>
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await stores.SqlAsync("TRUNCATE stock; TRUNCATE outbox");
        await stores.CqlAsync($"TRUNCATE {stores.Name}.stocks");
        await stores.CqlAsync($"TRUNCATE {stores.Name}.stocks_by_item");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(StockTable.Stocks, 1)]
    [InlineData(StockTable.StocksByItem, 24 * 100)]
    public async Task Bug_A_cell_with_a_time_in_the_future_is_told_and_beaten_and_later_orders_are_visible(StockTable table, int hours)
    {
        var key = new StockKey(1, 1);
        await stores.WriteBothAsync(key, TwoStores.LevelOf(key));
        await UpdateAsync(table, key, VersionBounds.MicrosecondsOf(DateTimeOffset.UtcNow.AddHours(hours)), "stock_count = 999");

        var found = await stores.VerifyAsync(TimeSpan.FromMinutes(5), repair: false);
        Assert.Equal(DifferenceKind.ForeignTimestamp, found.Difference?.Kind);
        Assert.Contains("something else wrote to it with the time", Text(found), StringComparison.Ordinal);

        Assert.Equal(1, (await stores.VerifyAsync(Moment, repair: true)).Repaired);
        await stores.SqlAsync("DELETE FROM outbox");
        Assert.Equal(0, (await stores.VerifyAsync(Moment, repair: false)).Left);
        await AssertNextOrderIsVisibleAsync(key);
    }

    [Fact]
    public async Task Bug_A_cell_that_hides_later_orders_is_a_difference_though_its_value_is_right()
    {
        var key = new StockKey(1, 1);
        var level = TwoStores.LevelOf(key);
        await stores.WriteBothAsync(key, level);
        var tomorrow = VersionBounds.MicrosecondsOf(DateTimeOffset.UtcNow.AddDays(1));
        await UpdateAsync(StockTable.Stocks, key, tomorrow, $"stock_count = {level.StockCount}");

        Assert.Equal(1, (await stores.VerifyAsync(Moment, repair: false)).Left);
        Assert.Equal(1, (await stores.VerifyAsync(Moment, repair: true)).Repaired);
        await AssertNextOrderIsVisibleAsync(key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("version")]
    public async Task Bug_A_deletion_with_a_time_in_the_future_is_beaten_though_it_does_not_tell_its_time(string column)
    {
        var key = new StockKey(1, 1);
        await stores.WriteBothAsync(key, TwoStores.LevelOf(key));
        var later = VersionBounds.MicrosecondsOf(DateTimeOffset.UtcNow.AddHours(5));
        await stores.CqlAsync(
            $"DELETE {column} FROM {stores.Name}.stocks USING TIMESTAMP {later} WHERE vendor_item_id = 1 AND fulfillment_center_id = 1");

        Assert.Equal((1, 0), Counts(await stores.VerifyAsync(Moment, repair: true)));
        await AssertNextOrderIsVisibleAsync(key);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(1_900_000_000_000_000_000)]
    public async Task Bug_What_no_version_may_pass_is_told_and_left_and_does_not_keep_others_from_being_repaired(long timestamp)
    {
        var (hidden, poisoned, lost) = (new StockKey(1, 1), new StockKey(2, 1), new StockKey(3, 1));
        foreach (var key in new[] { hidden, poisoned })
        {
            await stores.WriteBothAsync(key, TwoStores.LevelOf(key));
        }

        await stores.WritePostgresAsync(lost, TwoStores.LevelOf(lost));
        await UpdateAsync(StockTable.Stocks, hidden, timestamp, "stock_count = 999");
        await stores.Cassandra.WriteAsync(poisoned, TwoStores.LevelOf(poisoned) with { Version = timestamp }, Cancellation);

        var result = await stores.VerifyAsync(Moment, repair: true);

        Assert.Equal((1, 3), Counts(result));
        Assert.All(result.Told, told => Assert.Equal(RepairOutcome.OutOfReach, told.Outcome));
        Assert.Contains("no version may be so far ahead", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_A_version_of_postgres_at_its_end_ends_no_repair()
    {
        var key = new StockKey(1, 1);
        await stores.WritePostgresAsync(key, TwoStores.LevelOf(key) with { Version = long.MaxValue });
        await UpdateAsync(StockTable.Stocks, key, long.MaxValue, "stock_count = 999999");

        var result = await stores.VerifyAsync(Moment, repair: true);

        Assert.Equal(RepairOutcome.OutOfReach, Assert.Single(result.Told).Outcome);
    }

    [Fact]
    public async Task The_ends_of_every_range_are_compared_and_repaired()
    {
        var key = new StockKey(long.MaxValue, int.MaxValue);
        var level = new StockLevel(int.MaxValue, VersionBounds.Earliest, DateTimeOffset.UnixEpoch);
        await stores.WritePostgresAsync(key, level);

        Assert.Equal((1, 0), Counts(await stores.VerifyAsync(Moment, repair: true)));
        Assert.Equal(0, (await stores.VerifyAsync(Moment, repair: false)).Left);
        Assert.Equal(int.MaxValue, (await stores.Cassandra.ReadAsync(key, Cancellation))!.Value.StockCount);
    }

    private static (long Repaired, long Left) Counts(VerifyResult result) => (result.Repaired, result.Left);

    private static string Text(VerifyResult result)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        VerifyText.Write(output, result);
        return output.ToString();
    }

    private Task UpdateAsync(StockTable table, StockKey key, long timestamp, string set) => stores.CqlAsync(
        $"UPDATE {stores.Name}.{TableNames.Of(table)} USING TIMESTAMP {timestamp} SET {set} "
        + $"WHERE vendor_item_id = {key.VendorItemId} AND fulfillment_center_id = {key.FulfillmentCenterId}");

    // As an order makes its version.
    private async Task AssertNextOrderIsVisibleAsync(StockKey key)
    {
        var now = (await new PostgresStock(stores.Postgres).ReadAsync(key, Cancellation))!.Value;
        var next = new StockLevel(
            now.StockCount - 1,
            Math.Max(now.Version + 1, VersionBounds.MicrosecondsOf(DateTimeOffset.UtcNow)),
            DateTimeOffset.UtcNow);
        Assert.InRange(next.Version, 1, VersionBounds.LatestAt(DateTimeOffset.UtcNow));
        await stores.WriteBothAsync(key, next);
        foreach (var table in Enum.GetValues<StockTable>())
        {
            var row = await stores.Inspector.ReadAsync(table, key, Cancellation);
            Assert.Equal((next.StockCount, next.Version), (row!.Value.Level!.Value.StockCount, row.Value.Level.Value.Version));
        }
    }
}
