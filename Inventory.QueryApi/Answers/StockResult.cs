using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Answers;

/// <summary>The stock of one key as the result of an endpoint.</summary>
internal sealed class StockResult(StockResponse response, StockKey key, CachedStock stock) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => response.WriteAsync(httpContext, key, stock);
}
