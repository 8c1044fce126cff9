namespace Inventory.Cassandra.Connections;

/// <summary>
/// Lets the callers of one block continue on the thread pool. A connection keeps one of these, so that queueing allocates
/// nothing unless several blocks' callers continue at once.
/// </summary>
internal sealed class CompletionWork(CqlConnection connection, TimeProvider time) : IThreadPoolWorkItem
{
    private CompletionBatch _completed;
    private CqlConnection? _answered;
    private long _now;

    public void Queue(CompletionBatch completed, long now, CqlConnection? answered)
    {
        _completed = completed;
        _now = now;
        _answered = answered;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        var began = time.GetTimestamp();
        _completed.Run(_now, _answered);
        connection.Continued(this, time.GetElapsedTime(began));
    }
}
