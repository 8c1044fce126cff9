using System.Globalization;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Tools;
using Inventory.Tools.Verification;

namespace Inventory.Tests.Tools.Verification;

/// <summary>Against a real Postgres and a real Cassandra. Each test heals the keys that it made differ.</summary>
public sealed class VerifyTests(TwoStores stores) : IClassFixture<TwoStores>, IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<StockTable, string> InjectedDifferences => new(
        from table in Enum.GetValues<StockTable>()
        from kind in new[] { "missing", "extra", "other count", "newer version", "older version", "other time" }
        select (table, kind));

    // All but the row that Postgres lacks.
    public static TheoryData<StockTable, string> RepairableDifferences => new(
        from table in Enum.GetValues<StockTable>()
        from kind in new[] { "missing", "other count", "newer version", "older version", "other time" }
        select (table, kind));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Equal_stores_have_no_difference()
    {
        var result = await VerifyAsync();

        Assert.Null(result.Difference);
        Assert.InRange(result.Keys, TwoStores.KeyCount, int.MaxValue);
        Assert.Equal($"{result.Keys} keys, 0 differences\n", Text(result).ReplaceLineEndings("\n"));
        Assert.Equal(ExitCode.Success, result.ExitCode);
    }

    [Theory]
    [MemberData(nameof(InjectedDifferences))]
    public async Task A_difference_of_any_kind_in_either_table_is_found_and_both_rows_are_printed(StockTable table, string kind)
    {
        var key = kind == "extra" ? TwoStores.UnusedKey with { FulfillmentCenterId = 1 + (int)table } : TwoStores.KeyAt(100);
        await stores.HealAsync(kind == "extra" ? TwoStores.KeyAt(100) : key);
        try
        {
            await InjectAsync(table, kind, key);

            var result = await VerifyAsync();

            Assert.Equal((table, key), (result.Difference!.Table, result.Difference.Key));
            Assert.Equal(kind == "extra", result.Difference.Postgres is null);
            Assert.Equal(kind == "missing", result.Difference.Cassandra is null);
            Assert.Equal(ExitCode.Failure, result.ExitCode);
            Assert.Matches($"(?s){key} in {TableNames.Of(table)}: .*Postgres .*\n  {TableNames.Of(table)} ", Text(result));
        }
        finally
        {
            await stores.HealAsync(key);
        }
    }

    [Fact]
    public async Task Rows_that_are_on_their_way_are_waited_for_however_many_they_are()
    {
        var keys = Enumerable.Range(0, 1_100).Select(index => new StockKey(5_000_000 + index, 1)).ToArray();
        await Task.WhenAll(keys.Select(key => stores.WritePostgresAsync(key, TwoStores.LevelOf(key))));

        var verifying = VerifyAsync(TimeSpan.FromSeconds(20));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(verifying.IsCompleted);
        await Task.WhenAll(keys.Select(key => stores.Cassandra.WriteAsync(key, TwoStores.LevelOf(key), CancellationToken.None).AsTask()));

        Assert.Null((await verifying).Difference);
    }

    [Fact]
    public async Task The_outbox_is_waited_for_first()
    {
        await stores.SqlAsync("INSERT INTO outbox DEFAULT VALUES");
        var verifying = VerifyAsync(TimeSpan.FromSeconds(20));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(verifying.IsCompleted);

        await stores.SqlAsync("DELETE FROM outbox");

        Assert.Equal((0, null), ((await verifying).LeftInOutbox, (await verifying).Difference));
    }

    [Fact]
    public async Task An_outbox_that_does_not_empty_is_told_and_the_rows_are_compared_all_the_same()
    {
        await stores.SqlAsync("INSERT INTO outbox DEFAULT VALUES");
        try
        {
            var result = await VerifyAsync();

            Assert.Equal((1, null), (result.LeftInOutbox, result.Difference));
            Assert.StartsWith("The outbox still held 1 changes", Text(result), StringComparison.Ordinal);
        }
        finally
        {
            await stores.SqlAsync("DELETE FROM outbox");
        }
    }

    [Theory]
    [MemberData(nameof(RepairableDifferences))]
    public async Task Repair_makes_the_read_side_agree_whatever_was_written_over_it(StockTable table, string kind)
    {
        var key = new StockKey(6_000_000 + (InjectedDifferences.Count * (int)table) + kind.Length, 1);
        await stores.WriteBothAsync(key, TwoStores.LevelOf(key));
        await InjectAsync(table, kind, key);

        var repaired = await VerifyAsync(repair: true);

        Assert.Equal((1, 0, null), (repaired.Repaired, repaired.Left, repaired.Difference));
        Assert.Null((await VerifyAsync()).Difference);
        await stores.SqlAsync("DELETE FROM outbox");
    }

    [Theory]
    [InlineData(StockTable.Stocks, "null")]
    [InlineData(StockTable.StocksByItem, "null")]
    [InlineData(StockTable.Stocks, "empty")]
    [InlineData(StockTable.StocksByItem, "empty")]
    [InlineData(StockTable.Stocks, "no time")]
    public async Task Bug_A_row_that_cannot_be_read_is_a_difference_of_its_own_and_is_repaired(StockTable table, string kind)
    {
        var key = new StockKey(6_700_000 + (10 * (int)table) + kind.Length, 1);
        await stores.WriteBothAsync(key, TwoStores.LevelOf(key));
        await InjectAsync(table, kind, key);

        var found = await VerifyAsync();
        Assert.Equal((1, 1), (found.Left, found.Counts[DifferenceKind.Unreadable]));
        Assert.Contains("no level", Text(found), StringComparison.Ordinal);

        var repaired = await VerifyAsync(repair: true);
        Assert.Equal((1, 0), (repaired.Repaired, repaired.Left));
        Assert.Equal(0, (await VerifyAsync()).Left);
        await stores.SqlAsync("DELETE FROM outbox");
    }

    [Fact]
    public async Task Bug_Every_difference_is_told_and_counted_by_kind_and_not_the_first_alone()
    {
        var (changed, extra) = (TwoStores.KeyAt(200), new StockKey(6_800_000, 1));
        await stores.HealAsync(changed);
        await InjectAsync(StockTable.Stocks, "other count", changed);
        await stores.Cassandra.WriteAsync(extra, TwoStores.LevelOf(extra), TestContext.Current.CancellationToken);
        try
        {
            var result = await VerifyAsync();

            Assert.Equal((3, 2, 1), (result.Left, result.Counts[DifferenceKind.Unknown], result.Counts[DifferenceKind.ForeignTimestamp]));
            Assert.Equal(3, result.Told.Count);
            Assert.Matches(@"unknown to Postgres +2\n.*\n?foreign timestamp +1\n", Text(result).ReplaceLineEndings("\n"));
        }
        finally
        {
            await stores.HealAsync(changed);
            await stores.HealAsync(extra);
        }
    }

    [Fact]
    public async Task Repair_rewrites_lost_rows_under_their_version_and_tells_nobody_of_a_change()
    {
        var key = new StockKey(6_500_000, 1);
        await stores.WritePostgresAsync(key, TwoStores.LevelOf(key));

        var repaired = await VerifyAsync(repair: true);

        Assert.Equal((1, 0), (repaired.Repaired, repaired.Left));
        Assert.Equal(
            TwoStores.LevelOf(key).Version,
            (await stores.Cassandra.ReadAsync(key, TestContext.Current.CancellationToken))!.Value.Version);
        Assert.Equal(0, await new PostgresStock(stores.Postgres).CountOutboxAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Repair_leaves_and_tells_of_a_row_that_postgres_lacks()
    {
        var key = new StockKey(6_600_000, 1);
        await stores.Cassandra.WriteAsync(key, TwoStores.LevelOf(key), TestContext.Current.CancellationToken);
        try
        {
            var result = await VerifyAsync(repair: true);

            Assert.Equal((0, 2, ExitCode.Failure), (result.Repaired, result.Left, result.ExitCode));
            Assert.Contains("not deleted", Text(result), StringComparison.Ordinal);
            Assert.NotNull(await stores.Cassandra.ReadAsync(key, TestContext.Current.CancellationToken));
        }
        finally
        {
            await stores.HealAsync(key);
        }
    }

    [Fact]
    public async Task The_command_tells_the_shell()
    {
        var key = TwoStores.KeyAt(50);
        Assert.Equal(ExitCode.Success, await RunAsync());
        await InjectAsync(StockTable.StocksByItem, "other count", key);
        try
        {
            Assert.Equal(ExitCode.Failure, await RunAsync());
        }
        finally
        {
            await stores.HealAsync(key);
        }

        Assert.Equal(ExitCode.Unusable, await RunAsync(postgres: "Host=127.0.0.1;Port=1;Timeout=1"));
        Assert.Equal(ExitCode.Unusable, await RunAsync(wait: "for ever"));
    }

    private static string Text(VerifyResult result)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        VerifyText.Write(output, result);
        return output.ToString();
    }

    private Task<VerifyResult> VerifyAsync(TimeSpan? patience = null, bool repair = false) =>
        stores.VerifyAsync(patience ?? Moment, repair);

    private async Task<int> RunAsync(string? postgres = null, string wait = "400ms")
    {
        var file = _folder.File("endpoints.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
              "gateway": "http://127.0.0.1:1",
              "connectionStrings": { "inventorydb": "{{postgres ?? stores.PostgresConnection}}", "inventory": "{{stores.CassandraConnection}}" }
            }
            """,
            TestContext.Current.CancellationToken);
        return await ToolCommands.RunAsync(["verify", "--endpoints", file, "--wait", wait], TimeProvider.System);
    }

    private async Task InjectAsync(StockTable table, string kind, StockKey key)
    {
        // Cassandra takes the highest timestamp, and versions are timestamps.
        var now = (await stores.Cassandra.ReadAsync(key, TestContext.Current.CancellationToken))?.Version ?? 1;
        var name = $"{stores.Name}.{TableNames.Of(table)}";
        var where = $"WHERE vendor_item_id = {key.VendorItemId} AND fulfillment_center_id = {key.FulfillmentCenterId}";
        await stores.CqlAsync(kind switch
        {
            "missing" => $"DELETE FROM {name} USING TIMESTAMP {now + 1} {where}",
            "extra" => $"UPDATE {name} USING TIMESTAMP {now + 1} SET stock_count = 5, version = {now}, updated_at = 1700000000000 {where}",
            "other count" => $"UPDATE {name} USING TIMESTAMP {now + 1} SET stock_count = 999999 {where}",
            "newer version" => $"UPDATE {name} USING TIMESTAMP {now + 1} SET version = {now + 1} {where}",
            "older version" => $"UPDATE {name} USING TIMESTAMP {now + 1} SET version = {now - 1} {where}",
            "null" => $"DELETE stock_count FROM {name} USING TIMESTAMP {now + 1} {where}",
            "empty" => $"UPDATE {name} USING TIMESTAMP {now + 1} SET stock_count = blobAsInt(0x) {where}",
            "no time" => $"UPDATE {name} USING TIMESTAMP {now + 1} SET updated_at = 900000000000000000 {where}",
            "other time" => $"UPDATE {name} USING TIMESTAMP {now + 1} SET updated_at = 1700000000000 {where}",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        });
    }
}
