using Yarp.ReverseProxy.Forwarder;

namespace Inventory.Gateway.Forwarding;

/// <summary>
/// One answer for everything that keeps a request from being answered behind: 503 with Retry-After. Whether the
/// instance could not be reached (502), was too slow (504) or none was left (503) matters to us, not to the client.
/// </summary>
/// <remarks>
/// Logs it, in one line: YARP's own warnings are off, because they carry a stack trace and are written for every client
/// that goes away, too.
/// </remarks>
internal sealed partial class UnavailableAnswer(RequestDelegate next, ILogger<UnavailableAnswer> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        // An upstream's own 5xx comes without this feature and is passed on as it is.
        var error = context.Features.Get<IForwarderErrorFeature>();
        if (error is null || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        LogNotAnswered(
            context.Request.Method,
            context.Request.Path,
            context.GetReverseProxyFeature().ProxiedDestination?.DestinationId,
            error.Error,
            error.Exception?.GetBaseException().Message);
        if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} got no answer from {Destination}: {Error}. {Reason}")]
    private partial void LogNotAnswered(
        string method, PathString path, string? destination, ForwarderError error, string? reason);
}
