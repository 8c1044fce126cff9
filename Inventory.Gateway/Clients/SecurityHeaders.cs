namespace Inventory.Gateway.Clients;

/// <summary>
/// On every answer, ours, a problem's and an upstream's: browsers are told to believe the content type, and nobody is
/// told what software answers.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Set last, because the exception handler clears the headers and an upstream may have sent this one itself.
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.Server = default;
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
