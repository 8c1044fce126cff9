using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Idempotency;

/// <summary>A rejection that is an answer: the same text for every repetition, so without the trace id of a request.</summary>
internal sealed class RejectionAnswer(ProblemHttpResult problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = problem.StatusCode;
        httpContext.Response.ContentType = "application/problem+json";
        return httpContext.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(problem.ProblemDetails, RejectionJson.Default.ProblemDetails),
            httpContext.RequestAborted).AsTask();
    }
}
