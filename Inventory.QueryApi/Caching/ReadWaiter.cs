using System.Threading.Tasks.Sources;

namespace Inventory.QueryApi.Caching;

/// <summary>One request that waits for a read. Pooled: back in its shard's pool as soon as the result was taken.</summary>
internal sealed class ReadWaiter(ShardReads home) : IValueTaskSource<CachedStock>
{
    private ManualResetValueTaskSourceCore<CachedStock> _core;

    public ReadWaiter? Next { get; set; }

    public ReadDemand Demand { get; private set; }

    public ValueTask<CachedStock> Task => new(this, _core.Version);

    /// <param name="demand">What it waits for.</param>
    /// <param name="continuesElsewhere">
    /// Whether what follows runs on the thread pool. The request that caused the read goes on at once, on the thread that
    /// received the answer; a crowd that joined it must not keep that thread from its other answers.
    /// </param>
    public void Prepare(in ReadDemand demand, bool continuesElsewhere)
    {
        Demand = demand;
        Next = null;
        _core.RunContinuationsAsynchronously = continuesElsewhere;
    }

    public void Succeed(in CachedStock stock) => _core.SetResult(stock);

    public void Fail(Exception exception) => _core.SetException(exception);

    public CachedStock GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            home.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
