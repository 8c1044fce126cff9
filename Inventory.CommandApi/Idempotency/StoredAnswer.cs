using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Idempotency;

/// <summary>The first answer to an id, kept word for word so that every repetition gets the same.</summary>
/// <param name="RequestHash">Tells the first request from another one under the same id.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">The body.</param>
internal sealed record StoredAnswer(byte[] RequestHash, int Status, string Json)
{
    public static StoredAnswer Accepted<T>(byte[] requestHash, T answer, JsonTypeInfo<T> type) =>
        new(requestHash, StatusCodes.Status201Created, JsonSerializer.Serialize(answer, type));

    public static StoredAnswer Rejected(byte[] requestHash, ProblemHttpResult problem) =>
        new(requestHash, problem.StatusCode, JsonSerializer.Serialize(
            problem.ProblemDetails, RejectionJson.Default.ProblemDetails));

    /// <param name="location">
    /// Where the accepted command can be read, relative to the request, because the gateway serves it under another path;
    /// or null.
    /// </param>
    public IResult ToResult(string? location) => new Result(this, location);

    private sealed class Result(StoredAnswer answer, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var accepted = answer.Status < StatusCodes.Status400BadRequest;
            httpContext.Response.StatusCode = answer.Status;
            httpContext.Response.ContentType = accepted ? "application/json" : "application/problem+json";
            if (accepted && location is not null)
            {
                httpContext.Response.Headers.Location = location;
            }

            return httpContext.Response.WriteAsync(answer.Json, Encoding.UTF8, httpContext.RequestAborted);
        }
    }
}
