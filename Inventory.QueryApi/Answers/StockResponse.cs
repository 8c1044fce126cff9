using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Answers;

/// <summary>Answers with the stock of one key: straight into the connection's buffer, or 304 if the client has it.</summary>
internal sealed class StockResponse(CachedStockReader reader, FreshnessHeaders freshness)
{
    private const string JsonType = "application/json; charset=utf-8";

    /// <param name="context">Whose response has not begun.</param>
    /// <param name="key">What was asked for.</param>
    /// <param name="stock">What was found; it is on record.</param>
    public Task WriteAsync(HttpContext context, StockKey key, in CachedStock stock)
    {
        // 1. What is asked for again is rendered once and kept; the rest is rendered here and forgotten.
        Span<byte> space = stackalloc byte[StockJson.MaximumBytes];
        scoped ReadOnlySpan<byte> body;
        string tag;
        if ((stock.Rendered ?? RenderOnceForAll(key, stock)) is { } rendered)
        {
            body = rendered.Body;
            tag = rendered.ETag;
        }
        else
        {
            body = space[..StockJson.Write(key, stock, space)];
            tag = StockJson.ETagOf(stock.Version);
        }

        // 2. The headers; every value is a string that exists already.
        var response = context.Response;
        var headers = response.Headers;
        headers.ETag = tag;
        freshness.Set(headers, stock.CheckedAt);
        var known = context.Request.Headers.IfNoneMatch;
        if (known.Count > 0 && EntityTags.Matches(known.ToString(), tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = JsonType;
        headers.ContentLength = body.Length;

        // 3. Started first, or the server would have to keep the body elsewhere until the headers are written.
        var start = response.StartAsync();
        if (!start.IsCompletedSuccessfully)
        {
            return WriteLaterAsync(start, response, body.ToArray());
        }

        // 4. The server sends it, together with the headers, when the request ends.
        var buffer = response.BodyWriter.GetSpan(body.Length);
        body.CopyTo(buffer);
        response.BodyWriter.Advance(body.Length);
        return Task.CompletedTask;
    }

    private static async Task WriteLaterAsync(Task start, HttpResponse response, byte[] body)
    {
        await start;
        await response.BodyWriter.WriteAsync(body);
    }

    private RenderedAnswer? RenderOnceForAll(StockKey key, in CachedStock stock)
    {
        if (!stock.IsAskedAgain)
        {
            return null;
        }

        var rendered = StockJson.Render(key, stock);
        reader.Attach(key, stock.Version, rendered);
        return rendered;
    }
}
