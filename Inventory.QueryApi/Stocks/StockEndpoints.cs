using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Requests;

namespace Inventory.QueryApi.Stocks;

/// <summary>The stock reads. Ids are taken from the path as text, so that a wrong one is a 400 and not a 404.</summary>
internal static class StockEndpoints
{
    public static void MapStocks(this IEndpointRouteBuilder app)
    {
        var stocks = app.MapGroup("/stocks");
        stocks.MapGet("/{vendorItemId}/{fulfillmentCenterId}", ReadOneAsync);
        stocks.MapGet("/{vendorItemId}", ReadItemAsync);
        stocks.MapPost("/batch", ReadBatchAsync);
    }

    private static async Task<IResult> ReadOneAsync(
        string vendorItemId, string fulfillmentCenterId, IStockReader reader, CancellationToken cancellationToken)
    {
        if (!StockIds.TryParseVendorItem(vendorItemId, out var item))
        {
            return StockProblems.InvalidVendorItemId("in the path");
        }

        if (!StockIds.TryParseFulfillmentCenter(fulfillmentCenterId, out var center))
        {
            return StockProblems.InvalidFulfillmentCenterId("in the path");
        }

        var key = new StockKey(item, center);
        return await reader.ReadAsync(key, cancellationToken) is { } level
            ? TypedResults.Json(StockAnswer.From(key, level), ApiJson.Default.StockAnswer)
            : StockProblems.KeyNotFound(key);
    }

    private static async Task<IResult> ReadItemAsync(
        string vendorItemId, IStockReader reader, CancellationToken cancellationToken)
    {
        if (!StockIds.TryParseVendorItem(vendorItemId, out var item))
        {
            return StockProblems.InvalidVendorItemId("in the path");
        }

        var rows = await reader.ReadItemAsync(item, cancellationToken);
        return rows.Count == 0
            ? StockProblems.ItemNotFound(item)
            : TypedResults.Json(ItemStock.Sum(item, rows), ApiJson.Default.ItemStockAnswer);
    }

    private static async Task<IResult> ReadBatchAsync(
        HttpRequest request, IStockReader reader, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, ApiJson.Default.StockBatchRequest);
        if (body.Value is null)
        {
            return body.Problem!;
        }

        if (StockBatch.Check(body.Value) is { } problem)
        {
            return problem;
        }

        var keys = StockBatch.KeysOf(body.Value);
        var levels = new StockLevel?[keys.Length];
        await reader.ReadManyAsync(keys, levels, cancellationToken);
        return TypedResults.Json(StockBatch.Answer(keys, levels), ApiJson.Default.StockBatchAnswer);
    }
}
