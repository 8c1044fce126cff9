using System.Diagnostics;
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
        if (reader.TryFind(key, out var stock))
        {
            return AnswerAsync(context, key, stock);
        }

        // 3. Or it has to be read.
        return AnswerLaterAsync(context);
    }

    // What this method keeps while it waits is most of what an uncached read allocates. Hence the key is taken from the
    // path once more, which costs some nanoseconds, and what was read never leaves the stack.
    private async Task AnswerLaterAsync(HttpContext context)
    {
        Task answer;
#pragma warning disable CA1031 // Handled where every other failure is.
        try
        {
            answer = AnswerAsync(context, await reader.FindAsync(KeyOf(context)));
        }
        catch (Exception exception)
        {
            context.Features.Set(new FailedRead(exception));
            answer = next(context);
        }
#pragma warning restore CA1031

        await answer;
    }

    private static StockKey KeyOf(HttpContext context)
    {
        _ = StockPath.TryParse(context.Request.Path.Value, out var key);
        return key;
    }

    private Task AnswerAsync(HttpContext context, CachedStock stock) => AnswerAsync(context, KeyOf(context), stock);

    private Task AnswerAsync(HttpContext context, StockKey key, in CachedStock stock)
    {
        // The endpoint tells what is not on record; it finds that in the cache.
        if (!stock.IsFound)
        {
            return next(context);
        }

        // There only while somebody measures requests.
        context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(Route);
        return response.WriteAsync(context, key, stock);
    }
}
