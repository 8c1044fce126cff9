using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.QueryApi.Stocks;

/// <summary>
/// A key or item that is not on record yet. Unless told otherwise a cache may keep a 404 for as long as it likes (RFC 9111,
/// 4.2.2), and the first inbound would not be seen.
/// </summary>
internal sealed class UnknownStock(ProblemHttpResult problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-cache";
        return problem.ExecuteAsync(httpContext);
    }
}
