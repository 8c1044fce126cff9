using FsCheck;
using FsCheck.Fluent;
using Inventory.Tests.Hosting;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>
/// The invariants of the stock under random histories, run concurrently on two instances of which one is killed in the
/// middle, checked against a model that knows only the answers.
/// </summary>
public sealed class StockHistoryTests(RealServers servers) : IAsyncLifetime
{
    private const int Steps = 70;
    private const int Histories = 5;

    private static readonly (string, string)[] Settings =
        [("Reservations__SweepInterval", "00:00:00.050"), ("Orders__Lanes", "3")];

    private TestDatabase _database = null!;
    private CommandApiProcess[] _instances = [];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        var folder = Path.Combine(servers.Folder, "stock-history");
        _instances =
        [
            await CommandApiProcess.StartAsync("first", folder, _database.ConnectionString, Settings),
            await CommandApiProcess.StartAsync("second", folder, _database.ConnectionString, Settings),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public void Stock_is_what_came_less_what_was_sold_and_is_held_whatever_happens_in_which_order() =>
        Prop.ForAll(StockStep.Histories(Steps).ToArbitrary(), history => PlayAsync(history).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    private async Task PlayAsync(StockStep[] history)
    {
        await _database.ExecuteAsync(
            "TRUNCATE stock, orders, order_lines, cancellations, inbounds, inbound_lines, stock_ledger, outbox");
        var model = new StockModel(new PersistentClient([.. _instances.Select(instance => instance.Client)]));
        var victim = _instances[history.Length % 2];
        var restart = Task.CompletedTask;

        await Parallel.ForEachAsync(
            history.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (step, _) =>
            {
                if (step.Index == history.Length / 2)
                {
                    restart = RestartAsync(victim);
                }

                await model.PlayAsync(step.Item);
            });
        await restart;
        await model.RepeatAllAsync();
        await Eventually.IsTrueAsync(async () => await _database.ScalarAsync<long>(
            "SELECT count(*) FROM orders WHERE status = 'held' AND reserved_until <= now() + interval '2 seconds'") == 0);

        Assert.Equal(
            model.Expiring.Count(),
            await _database.ScalarAsync<long>("SELECT count(*) FROM orders WHERE status = 'expired'"));
        await AssertStockAsync(model);
        await AssertLedgerAsync();
        await AssertOutboxAsync();
    }

    private static async Task RestartAsync(CommandApiProcess instance)
    {
        await instance.KillAsync();
        await instance.StartAsync();
    }

    private async Task AssertStockAsync(StockModel model)
    {
        foreach (var (key, count) in model.Stock)
        {
            Assert.Equal(count, await _database.ScalarAsync<int>(
                "SELECT coalesce(max(stock_count), 0) FROM stock WHERE (vendor_item_id, fulfillment_center_id) = ($1, $2)",
                key.VendorItemId, key.FulfillmentCenterId));
        }

        Assert.Equal(0, await CountAsync("SELECT FROM stock WHERE stock_count < 0"));
    }

    // Every change is there once, leads from the count before to the count after, and the last one is the stock.
    private async Task AssertLedgerAsync()
    {
        Assert.Equal(0, await CountAsync("""
            SELECT FROM (
                SELECT stock_count,
                       sum(quantity) OVER (PARTITION BY vendor_item_id, fulfillment_center_id ORDER BY version) AS added
                FROM stock_ledger) AS entries
            WHERE stock_count <> added OR stock_count < 0
            """));
        Assert.Equal(0, await CountAsync("""
            SELECT FROM stock
            WHERE NOT EXISTS (
                SELECT FROM stock_ledger AS entry
                WHERE (entry.vendor_item_id, entry.fulfillment_center_id, entry.version, entry.stock_count)
                    = (stock.vendor_item_id, stock.fulfillment_center_id, stock.version, stock.stock_count))
            """));
        Assert.Equal(0, await CountAsync("""
            SELECT FROM stock_ledger
            WHERE cause_type <> 'order-cancelled'
            GROUP BY cause_type, cause_id, vendor_item_id, fulfillment_center_id HAVING count(*) > 1
            """));
        Assert.Equal(0, await CountAsync("""
            SELECT FROM stock_ledger GROUP BY vendor_item_id, fulfillment_center_id, version HAVING count(*) > 1
            """));
    }

    // Events of a key are in the order of its versions, and the newest one tells the present stock.
    private async Task AssertOutboxAsync()
    {
        Assert.Equal(0, await CountAsync("""
            SELECT FROM (
                SELECT version <= lag(version) OVER (
                    PARTITION BY vendor_item_id, fulfillment_center_id ORDER BY id) AS is_older
                FROM outbox) AS events
            WHERE is_older
            """));
        Assert.Equal(
            await CountAsync("SELECT FROM stock"),
            await CountAsync("""
                SELECT FROM stock JOIN outbox USING (vendor_item_id, fulfillment_center_id, stock_count, version)
                """));
    }

    private Task<long> CountAsync(string query) => _database.ScalarAsync<long>($"SELECT count(*) FROM ({query}) AS found");
}
