using Inventory.QueryApi.Caching;
using Inventory.QueryApi.Stocks;

namespace Inventory.QueryApi.Answers;

/// <summary>
/// Answers what the limits refuse, at once and cheaply: an exception in the log for every refused request is the last
/// thing that an overloaded service needs.
/// </summary>
internal sealed class RefusalFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ReadRefusedException) when (!context.HttpContext.Response.HasStarted)
        {
            return StockProblems.Overloaded();
        }
    }
}
