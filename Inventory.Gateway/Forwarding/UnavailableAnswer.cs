using Yarp.ReverseProxy.Forwarder;

namespace Inventory.Gateway.Forwarding;

/// <summary>
/// One answer for everything that keeps a request from being answered behind: 503 with Retry-After. Whether the instance
/// could not be reached (502), was too slow (504) or none was left (503) matters to us, not to the client.
/// </summary>
internal sealed class UnavailableAnswer(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        // An upstream's own 5xx comes without this feature and is passed on as it is.
        if (context.Features.Get<IForwarderErrorFeature>() is not null
            && !context.Response.HasStarted
            && context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }
    }
}
