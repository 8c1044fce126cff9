using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.QueryApi.Stocks;

/// <summary>A problem that passes: it also tells when to come back.</summary>
internal sealed class TemporaryProblem(ProblemHttpResult problem) : IResult
{
    private const string Soon = "1";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Soon;
        return problem.ExecuteAsync(httpContext);
    }
}
