using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Inventory.Gateway.Forwarding;

/// <summary>
/// Asks another instance, once, for a GET whose instance broke the connection or refused it. Until the health checks
/// have noticed that an instance is gone, this is what keeps its share of the reads from failing.
/// </summary>
internal sealed partial class ReadRetry(RequestDelegate next, ILogger<ReadRetry> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        // Taken now: load balancing narrows them down to the one it picked.
        var candidates = proxy.AvailableDestinations;

        await next(context);

        if (candidates.Count > 1 && proxy.ProxiedDestination is { } failed && CanRepeat(context))
        {
            LogRetry(failed.DestinationId, context.GetForwarderErrorFeature()?.Exception?.Message);
            context.Response.Clear();
            context.Features.Set<IForwarderErrorFeature>(instance: null);
            proxy.ProxiedDestination = null;
            proxy.AvailableDestinations = [.. candidates.Where(candidate => candidate != failed)];
            await next(context);
        }
    }

    // Slowness is not repeated: the client has waited for it once, and the other instances wait for the same database.
    private static bool CanRepeat(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Error == ForwarderError.Request
        && HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true
        && !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested;

    [LoggerMessage(LogLevel.Information, "A read moves on to another instance: {Destination} failed with {Reason}.")]
    private partial void LogRetry(string destination, string? reason);
}
