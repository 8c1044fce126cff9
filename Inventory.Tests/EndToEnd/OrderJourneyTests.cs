using System.Net;
using System.Net.Http.Json;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Telemetry;

namespace Inventory.Tests.EndToEnd;

[Collection(OneSystem.Name)]
public sealed class OrderJourneyTests(RunningSystem system)
{
    [Fact]
    public async Task An_order_posted_at_the_gateway_is_read_back_at_the_gateway()
    {
        var running = await system.SystemAsync();
        using var gateway = new HttpClient { BaseAddress = running.Endpoints.Gateway };

        await new OrderScenario(gateway, running.Endpoints.Token).RunAsync(
            system.NewItem(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_cancelled_order_is_back_in_stock_at_the_gateway()
    {
        var key = new StockKey(system.NewItem(), 1);
        await system.ReceiveAsync(new QuantityLine(key.VendorItemId, 1, 10));
        var order = await system.PlaceAsync(Guid.NewGuid(), new QuantityLine(key.VendorItemId, 1, 3));

        using var response = await system.SendAsync(HttpMethod.Post, $"/api/orders/{order.OrderId}/cancel");

        var cancelled = (await response.Content.ReadFromJsonAsync(ApiJson.Default.OrderAnswer, TestContext.Current.CancellationToken))!;
        var stock = await system.ReadAsync(key, Assert.Single(cancelled.Lines).Version);
        Assert.Equal(10, stock.StockCount);
    }

    [Fact]
    public async Task An_item_is_summed_over_its_fulfillment_centers_and_a_batch_names_what_is_missing()
    {
        var item = system.NewItem();
        var inbound = await system.ReceiveAsync(new QuantityLine(item, 2, 20), new QuantityLine(item, 1, 10));
        foreach (var line in inbound.Lines)
        {
            await system.ReadAsync(line.ToKey(), line.Version);
        }

        using var itemResponse = await system.SendAsync(HttpMethod.Get, $"/api/stocks/{item}", withToken: false);
        using var batchResponse = await system.SendAsync(
            HttpMethod.Post,
            "/api/stocks/batch",
            JsonContent.Create(
                new StockBatchRequest([new(item, 2), new(item, 3), new(item, 1)]), ApiJson.Default.StockBatchRequest),
            withToken: false);

        var stock = (await itemResponse.Content.ReadFromJsonAsync(ApiJson.Default.ItemStockAnswer, TestContext.Current.CancellationToken))!;
        Assert.Equal(30, stock.TotalStockCount);
        Assert.Equal([1, 2], stock.FulfillmentCenters.Select(center => center.FulfillmentCenterId));
        var batch = (await batchResponse.Content.ReadFromJsonAsync(ApiJson.Default.StockBatchAnswer, TestContext.Current.CancellationToken))!;
        Assert.Equal([20, 10], batch.Stocks.Select(answer => answer.StockCount));
        Assert.Equal([new StockKeyField(item, 3)], batch.Missing);
    }

    [Fact]
    public async Task One_trace_runs_from_the_post_to_the_write_into_cassandra()
    {
        var key = new StockKey(system.NewItem(), 1);
        await system.ReceiveAsync(new QuantityLine(key.VendorItemId, 1, 10));
        var traceId = System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString();
        using var content = JsonContent.Create(
            new PlaceOrderRequest(Guid.NewGuid(), [new(key.VendorItemId, 1, 3)]), ApiJson.Default.PlaceOrderRequest);

        using var response = await system.SendAsync(
            HttpMethod.Post, "/api/orders", content, traceParent: $"00-{traceId}-00f067aa0ba902b7-01");
        var order = (await response.Content.ReadFromJsonAsync(ApiJson.Default.OrderAnswer, TestContext.Current.CancellationToken))!;
        await system.ReadAsync(key, Assert.Single(order.Lines).Version);

        string[] journey =
        [
            "gateway: POST", "command-api: POST", "command-api: postgresql", "relay: send", "relay: process", "relay: cassandra",
        ];
        var trace = await WaitForAsync(traceId, spans => journey.All(step => spans.Any(span => IsStep(span, step))));

        // Every span hangs on another one of the same trace, up to the one that the client announced.
        var ids = trace.Select(span => span.SpanId).Append("00f067aa0ba902b7").ToHashSet(StringComparer.Ordinal);
        Assert.All(trace, span => Assert.Contains(span.ParentSpanId, ids));
        var send = trace.Single(span => IsStep(span, "relay: send"));
        var process = trace.Single(span => IsStep(span, "relay: process"));
        Assert.Equal(send.SpanId, process.ParentSpanId);
        Assert.All(
            trace.Where(span => IsStep(span, "relay: cassandra")), span => Assert.Equal(process.SpanId, span.ParentSpanId));
    }

    [Fact]
    public async Task An_unknown_key_is_not_found_at_the_gateway()
    {
        using var response = await system.SendAsync(HttpMethod.Get, $"/api/stocks/{system.NewItem()}/1", withToken: false);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "STOCK_KEY_NOT_FOUND");
    }

    private async Task<List<CollectedSpan>> WaitForAsync(string traceId, Func<List<CollectedSpan>, bool> isComplete)
    {
        for (var attempt = 0; ; attempt++)
        {
            var spans = system.Telemetry.Spans.Where(span => span.TraceId == traceId).ToList();
            if (isComplete(spans))
            {
                // Parents end after their children and may be reported by a later batch.
                await Task.Delay(1500, TestContext.Current.CancellationToken);
                return system.Telemetry.Spans.Where(span => span.TraceId == traceId).ToList();
            }

            Assert.True(attempt < 100, "The trace is incomplete: " + string.Join(", ", spans));
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsStep(CollectedSpan span, string step) => step switch
    {
        "command-api: postgresql" => span.Service == "command-api" && !span.Name.StartsWith("POST", StringComparison.Ordinal),
        "relay: cassandra" => span.Service == "relay" && span.Name.Contains("stocks", StringComparison.Ordinal)
            && !span.Name.Contains("stock-changes", StringComparison.Ordinal),
        _ => $"{span.Service}: {span.Name}".StartsWith(step, StringComparison.Ordinal),
    };
}
