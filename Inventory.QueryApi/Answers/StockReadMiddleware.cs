using System.Diagnostics;
using System.Runtime.CompilerServices;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;
using Inventory.QueryApi.Stocks;
using Microsoft.AspNetCore.Http.Features;

namespace Inventory.QueryApi.Answers;

/// <summary>
/// The read of one key, ahead of routing and of everything else that allocates for a request. Whatever is not as plain
/// as that (a query, a wrong id, a key that is not on record, a failure, a trace that is recorded) goes on to the endpoint.
/// </summary>
internal sealed class StockReadMiddleware(RequestDelegate next, CachedStockReader reader, StockResponse response)
{
    // A boxed tag, made once.
    private static readonly KeyValuePair<string, object?> Route = new("http.route", StockRoutes.One);

    public Task InvokeAsync(HttpContext context)
    {
        // 1. Is it the plain read?
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method)
            || request.QueryString.HasValue
            || !StockPath.TryParse(request.Path.Value, out var key)
            || Activity.Current is { IsAllDataRequested: true })
        {
            return next(context);
        }

        // 2. Nearly always it is held.
        var found = reader.FindAsync(key);
        if (!found.IsCompletedSuccessfully)
        {
            return AnswerLaterAsync(context, key, found).AsTask();
        }

        // 3. The endpoint tells what is not on record; it finds that in the cache.
        var stock = found.Result;
        return stock.IsFound ? AnswerAsync(context, key, stock) : next(context);
    }

    // Pooled: as a plain task its state, of several hundred bytes, would be most of what an uncached read allocates.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AnswerLaterAsync(HttpContext context, StockKey key, ValueTask<CachedStock> found)
    {
        CachedStock stock;
#pragma warning disable CA1031 // Handled where every other failure is.
        try
        {
            stock = await found;
        }
        catch (Exception exception)
        {
            context.Features.Set(new FailedRead(exception));
            await next(context);
            return;
        }
#pragma warning restore CA1031

        await (stock.IsFound ? AnswerAsync(context, key, stock) : next(context));
    }

    private Task AnswerAsync(HttpContext context, StockKey key, in CachedStock stock)
    {
        // There only while somebody measures requests.
        context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(Route);
        return response.WriteAsync(context, key, stock);
    }
}
