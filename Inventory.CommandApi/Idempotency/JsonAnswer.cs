using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Inventory.CommandApi.Idempotency;

/// <summary>An answer that is written as JSON when its turn comes, by whoever waits for it and not by the lane.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="body">The body.</param>
/// <param name="type">How it is written.</param>
/// <param name="location">Where what was made can be read, relative to the request, or null.</param>
internal sealed class JsonAnswer<T>(int status, T body, JsonTypeInfo<T> type, string? location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json";
        if (location is not null)
        {
            httpContext.Response.Headers.Location = location;
        }

        return httpContext.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(body, type), httpContext.RequestAborted).AsTask();
    }
}
