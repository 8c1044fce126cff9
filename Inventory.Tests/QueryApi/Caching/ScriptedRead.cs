using Inventory.Contracts.Stocks;

namespace Inventory.Tests.QueryApi.Caching;

/// <summary>A read that waits for the test.</summary>
internal sealed class ScriptedRead(StockKey key)
{
    private readonly TaskCompletionSource<StockLevel?> _source = new();

    public StockKey Key => key;

    public Task<StockLevel?> Task => _source.Task;

    public void Succeed(StockLevel? level) => _source.SetResult(level);

    public void Fail(Exception exception) => _source.SetException(exception);
}
