using System.Collections.Concurrent;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>The invariants of the stock under random histories, run concurrently on two instances.</summary>
public sealed class StockHistoryTests(RealServers servers)
{
    private const int Keys = 4;

    [Fact]
    public async Task Stock_never_goes_below_zero_and_always_equals_what_came_less_what_was_sold()
    {
        await using var api = await CommandApiHost.StartAsync(await servers.PostgresAsync(), instances: 2);

        Prop.ForAll(Histories().ToArbitrary(), history => RunAsync(api, history).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    private static async Task RunAsync(CommandApiHost api, StockCommand[] history)
    {
        await api.Database.ExecuteAsync("TRUNCATE stock, orders, order_lines, cancellations, inbounds, inbound_lines, stock_ledger, outbox");
        var expected = new ConcurrentDictionary<StockKey, int>();

        await Parallel.ForEachAsync(
            history.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (step, _) => await RunAsync(api.Clients[step.Index % 2], step.Item, expected));

        foreach (var (key, count) in expected)
        {
            Assert.Equal(count, await api.Database.ScalarAsync<int>(
                "SELECT stock_count FROM stock WHERE (vendor_item_id, fulfillment_center_id) = ($1, $2)",
                key.VendorItemId, key.FulfillmentCenterId));
        }

        Assert.Equal(0, await api.Database.ScalarAsync<long>("SELECT count(*) FROM stock WHERE stock_count < 0"));

        // Every change left one event, in the order of its key's versions, and the newest one tells the present stock.
        Assert.Equal(0, await api.Database.ScalarAsync<long>("""
            SELECT count(*) FROM (
                SELECT version <= lag(version) OVER (
                    PARTITION BY vendor_item_id, fulfillment_center_id ORDER BY id) AS is_older
                FROM outbox) AS events
            WHERE is_older
            """));
        Assert.Equal(
            await api.Database.ScalarAsync<long>("SELECT count(*) FROM stock"),
            await api.Database.ScalarAsync<long>("""
                SELECT count(*) FROM stock JOIN outbox USING (vendor_item_id, fulfillment_center_id, stock_count, version)
                """));
    }

    private static async Task RunAsync(
        HttpClient client, StockCommand step, ConcurrentDictionary<StockKey, int> expected)
    {
        var id = Guid.NewGuid();
        using var response = step.IsInbound
            ? await CommandApiHost.ReceiveAsync(client, id, step.Lines)
            : await CommandApiHost.PlaceAsync(client, id, step.Lines);
        if (step.IsInbound)
        {
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
        else if (response.StatusCode != HttpStatusCode.Created)
        {
            Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.Conflict, HttpStatusCode.NotFound]);
            return;
        }

        if (step.IsCancelled && !step.IsInbound)
        {
            await CommandApiHost.OrderAsync(CommandApiHost.CancelAsync(client, id), HttpStatusCode.OK);
            return;
        }

        foreach (var line in step.Lines)
        {
            var change = step.IsInbound ? line.Quantity : -line.Quantity;
            expected.AddOrUpdate(line.ToKey(), change, (_, count) => count + change);
        }
    }

    private static Gen<StockCommand[]> Histories()
    {
        var line = from item in Gen.Choose(1, Keys)
                   from quantity in Gen.Choose(1, 6)
                   select new QuantityLine(item, 1, quantity);
        var step = from isInbound in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
                   from isCancelled in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
                   from lines in line.NonEmptyListOf()
                   select new StockCommand(isInbound, isCancelled, [.. lines.DistinctBy(each => each.VendorItemId)]);
        return step.ArrayOf(60);
    }

    public sealed record StockCommand(bool IsInbound, bool IsCancelled, QuantityLine[] Lines);
}
