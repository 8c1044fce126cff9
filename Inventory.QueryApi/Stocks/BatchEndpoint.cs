using System.Buffers;
using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Answers;
using Inventory.QueryApi.Caching;
using Inventory.ServiceDefaults.Requests;

namespace Inventory.QueryApi.Stocks;

/// <summary><c>POST /stocks/batch</c>: up to 500 keys, each from the cache if it is held.</summary>
internal static class BatchEndpoint
{
    public static async Task<IResult> ReadAsync(HttpContext context, CachedStockReader reader)
    {
        var keys = ArrayPool<StockKey>.Shared.Rent(StockBatchRequest.MaximumKeys);
        var stocks = ArrayPool<CachedStock>.Shared.Rent(StockBatchRequest.MaximumKeys);
        try
        {
            // 1. The keys, without an object for each.
            var count = await TryParseAsync(context.Request, keys);
            if (count == 0)
            {
                // 2. Something is wrong, or written in a way that only the serializer understands.
                var body = await JsonBody.ReadAsync(context.Request, ApiJson.Default.StockBatchRequest);
                if ((body.Problem ?? StockBatch.Check(body.Value!)) is { } problem)
                {
                    return problem;
                }

                count = StockBatch.CopyKeys(body.Value!, keys);
            }

            // 3. What is held, and the rest in one read.
            await reader.FindManyAsync(keys.AsMemory(0, count), stocks.AsMemory(0, count));
            await BatchResponse.WriteAsync(context.Response, keys.AsMemory(0, count), stocks.AsMemory(0, count));
            return Results.Empty;
        }
        finally
        {
            ArrayPool<StockKey>.Shared.Return(keys);
            // Holds rendered answers, which nobody should keep alive.
            ArrayPool<CachedStock>.Shared.Return(stocks, clearArray: true);
        }
    }

    /// <returns>0, with nothing of the body taken, if the serializer should read it.</returns>
    private static async ValueTask<int> TryParseAsync(HttpRequest request, StockKey[] keys)
    {
        if (!request.HasJsonContentType())
        {
            return 0;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var count = BatchBody.Parse(read.Buffer, keys);
            reader.AdvanceTo(count == 0 ? read.Buffer.Start : read.Buffer.End);
            return count;
        }
    }
}
