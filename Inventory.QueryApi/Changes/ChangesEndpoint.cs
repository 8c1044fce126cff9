using System.Globalization;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;
using Inventory.QueryApi.Stocks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Changes;

/// <summary>
/// <c>GET /stocks/{vendorItemId}/{fulfillmentCenterId}/changes</c>: the level of a key and every newer one, as
/// server-sent events, until the client goes or the service stops.
/// </summary>
internal sealed class ChangesEndpoint(
    CachedStockReader reader,
    ChangeFollower follower,
    IHostApplicationLifetime lifetime,
    IOptions<StockRequestOptions> options)
{
    private readonly ReadLimit _streams = new(options.Value.MaxStreams);

    public async Task<IResult> FollowAsync(HttpContext context, StockKey key)
    {
        // Before the stream begins a problem can still be told by its status.
        if (!(await reader.FindAsync(key)).IsFound)
        {
            return StockProblems.KeyNotFound(key);
        }

        if (!_streams.TryTake())
        {
            throw ReadRefusedException.TooManyWaiting();
        }

        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(
                context.RequestAborted, lifetime.ApplicationStopping);
            Begin(context);
            await follower.FollowAsync(
                new ChangeStream(context.Response.BodyWriter), key, LastVersion(context.Request), end.Token);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or will come back to another instance.
        }
        finally
        {
            _streams.Release();
        }

        return Results.Empty;
    }

    private static void Begin(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // Proxies such as nginx collect an answer unless told not to.
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    // What is no version of ours is taken for none: the client gets the level as it is.
    private static long LastVersion(HttpRequest request) =>
        long.TryParse(
            request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : -1;
}
