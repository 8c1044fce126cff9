using System.Buffers;
using System.Threading.Tasks.Sources;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Routing;
using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra.Stocks;

/// <summary>
/// Many reads that end together. Every key goes to a replica of its own; all the keys of a replica leave in one flush,
/// which is what makes a batch cheaper than its reads. It ends when the last read has, so the caller's memory is
/// never written to afterwards, failed and cancelled batches included.
/// </summary>
internal sealed class StockBatchRead : IValueTaskSource
{
    [ThreadStatic]
    private static OperationPool<StockBatchRead>? _pool;

    private ManualResetValueTaskSourceCore<bool> _source;
    private Memory<StockLevel?> _levels;
    private StockRead[] _reads = [];
    private CancellationTokenRegistration _registration;
    private Exception? _error;
    private int _started;
    private int _pending;

    private static OperationPool<StockBatchRead> Pool => _pool ??= new OperationPool<StockBatchRead>();

    public static ValueTask StartAsync(
        Cluster cluster,
        Statement statement,
        ReadOnlyMemory<StockKey> keys,
        Memory<StockLevel?> levels,
        CancellationToken cancellation)
    {
        var batch = Pool.Rent();
        var task = new ValueTask(batch, batch._source.Version);
        batch.Start(cluster, statement, keys.Span, levels, cancellation);
        return task;
    }

    public void Finished(int index, StockLevel? level, Exception? error)
    {
        if (error is null)
        {
            _levels.Span[index] = level;
        }
        else
        {
            Interlocked.CompareExchange(ref _error, error, null);
        }

        FinishOne();
    }

    private void Start(
        Cluster cluster,
        Statement statement,
        ReadOnlySpan<StockKey> keys,
        Memory<StockLevel?> levels,
        CancellationToken cancellation)
    {
        _levels = levels;
        _reads = ArrayPool<StockRead>.Shared.Rent(keys.Length);
        // One more, for this method: the batch can't end before everything is sent.
        _pending = keys.Length + 1;
        using (FlushScope.Enter())
        {
            var now = cluster.Time.GetTimestamp();
            for (_started = 0; _started < keys.Length; _started++)
            {
                _reads[_started] = StockRead.StartInBatch(cluster, statement, keys[_started], now, this, _started);
            }
        }

        if (cancellation.CanBeCanceled)
        {
            _registration = cancellation.UnsafeRegister(static state => ((StockBatchRead)state!).Cancel(), this);
        }

        FinishOne();
    }

    private void FinishOne()
    {
        if (Interlocked.Decrement(ref _pending) > 0)
        {
            return;
        }

        if (_error is { } error)
        {
            _source.SetException(error);
        }
        else
        {
            _source.SetResult(true);
        }
    }

    private void Cancel()
    {
        for (var index = 0; index < _started; index++)
        {
            _reads[index].Cancel();
        }
    }

    private void Return()
    {
        _registration.Dispose();
        _registration = default;
        for (var index = 0; index < _started; index++)
        {
            _reads[index].Return();
        }

        ArrayPool<StockRead>.Shared.Return(_reads, clearArray: true);
        _reads = [];
        _levels = default;
        _error = null;
        _source.Reset();
        Pool.Return(this);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _ = _source.GetStatus(token);
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            Return();
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);
}
