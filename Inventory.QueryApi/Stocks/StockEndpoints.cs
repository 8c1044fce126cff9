using System.Globalization;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Answers;
using Inventory.QueryApi.Caching;
using Inventory.QueryApi.Changes;

namespace Inventory.QueryApi.Stocks;

/// <summary>The stock reads. Ids are taken from the path as text, so that a wrong one is a 400 and not a 404.</summary>
internal static class StockEndpoints
{
    public static void MapStocks(this IEndpointRouteBuilder app)
    {
        var stocks = app.MapGroup("").AddEndpointFilter(new RefusalFilter());
        stocks.MapGet(StockRoutes.One, ReadOneAsync)
            .WithSummary("The stock of one key")
            .WithDescription("With minVersion, waits until that version can be read.")
            .Produces<StockAnswer>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        stocks.MapGet(StockRoutes.Changes, FollowAsync)
            .WithSummary("The stock of one key and every change of it, as server-sent events")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        stocks.MapGet(StockRoutes.Item, ReadItemAsync)
            .WithSummary("The stock of an item in every fulfillment center")
            .Produces<ItemStockAnswer>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        stocks.MapPost(StockRoutes.Batch, BatchEndpoint.ReadAsync)
            .WithSummary("The stock of 1 to 500 keys")
            .Accepts<StockBatchRequest>("application/json")
            .Produces<StockBatchAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadOneAsync(
        string vendorItemId,
        string fulfillmentCenterId,
        string[]? minVersion,
        HttpContext context,
        CachedStockReader reader,
        VersionWait versions,
        StockResponse response)
    {
        FailedRead.ThrowIfAny(context);
        if (StockIds.Check(vendorItemId, fulfillmentCenterId, out var key) is { } problem)
        {
            return problem;
        }

        CachedStock stock;
        if (minVersion is null or [])
        {
            stock = await reader.FindAsync(key);
        }
        else if (minVersion.Length > 1
            || !long.TryParse(minVersion[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return StockProblems.InvalidMinVersion();
        }
        else if (await versions.FindAsync(key, version, context.RequestAborted) is { } reached)
        {
            stock = reached;
        }
        else
        {
            return StockProblems.VersionNotReached(version);
        }

        return stock.IsFound ? new StockResult(response, key, stock) : StockProblems.KeyNotFound(key);
    }

    private static async Task<IResult> FollowAsync(
        string vendorItemId, string fulfillmentCenterId, HttpContext context, ChangesEndpoint changes) =>
        StockIds.Check(vendorItemId, fulfillmentCenterId, out var key) is { } problem
            ? problem
            : await changes.FollowAsync(context, key);

    private static async Task<IResult> ReadItemAsync(
        string vendorItemId, ItemAnswers answers, CancellationToken cancellationToken)
    {
        if (!StockIds.TryParseVendorItem(vendorItemId, out var item))
        {
            return StockProblems.InvalidVendorItemId("in the path");
        }

        var answer = await answers.ReadAsync(item, cancellationToken);
        return answer.Length == 0
            ? StockProblems.ItemNotFound(item)
            : new ItemResult(answer);
    }
}
