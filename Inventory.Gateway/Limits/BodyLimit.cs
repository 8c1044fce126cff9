using Inventory.ServiceDefaults.Requests;

namespace Inventory.Gateway.Limits;

/// <summary>
/// Refuses a body that says it is too large before anything behind is asked. One that does not say (chunked) is counted
/// by Kestrel while it is forwarded.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not > RequestLimits.MaximumBodyBytes)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        // Nobody reads the body, so the connection is of no more use.
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
