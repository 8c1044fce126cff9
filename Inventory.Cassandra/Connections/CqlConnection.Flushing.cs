using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// Sending. Nothing else being under way, a frame is sent at once; otherwise it waits for the work that is queued
/// on the thread pool, which under load is other callers with frames of their own.
/// </summary>
internal sealed partial class CqlConnection
{
    private readonly FlushWork _flushWork;
    private FlushMode _flush;

    /// <summary>The end of a scope in which this connection kept frames back.</summary>
    public void FlushDeferred()
    {
        lock (_gate)
        {
            if (_flush != FlushMode.Deferred)
            {
                return;
            }

            _flush = FlushMode.Flushing;
        }

        Flush();
    }

    /// <summary>Under the lock, after a frame was appended.</summary>
    private FlushMode DecideFlush()
    {
        if (_flush is FlushMode.Scheduled or FlushMode.Flushing)
        {
            return FlushMode.None;
        }

        if (FlushScope.IsActive)
        {
            if (_flush == FlushMode.None)
            {
                _flush = FlushMode.Deferred;
                FlushScope.Defer(this);
            }

            return FlushMode.None;
        }

        // Out of a scope, one doesn't wait for another thread's scope to end: this thread takes over.
        return _flush = _streams.InUse == 1 ? FlushMode.Flushing : FlushMode.Scheduled;
    }

    private void StartFlush(FlushMode mode)
    {
        if (mode == FlushMode.Flushing)
        {
            Flush();
        }
        else if (mode == FlushMode.Scheduled)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_flushWork, preferLocal: false);
        }
    }

    /// <summary>Sends until nothing is left. The caller has set <see cref="FlushMode.Flushing"/>.</summary>
    private void Flush()
    {
        while (true)
        {
            ReadOnlyMemory<byte> bytes;
            lock (_gate)
            {
                if (_isClosed || _send.Length == 0)
                {
                    _flush = FlushMode.None;
                    return;
                }

                bytes = _send.TakeAll();
            }

            try
            {
                var sending = _transport.SendAsync(bytes);
                if (!sending.IsCompletedSuccessfully)
                {
                    _ = FinishFlushAsync(sending);
                    return;
                }

                sending.GetAwaiter().GetResult();
            }
            catch (Exception error) when (IsBroken(error))
            {
                CloseAfterFailedSend(error);
                return;
            }
        }
    }

    /// <summary>The socket's own buffer is full: the server is slow to read.</summary>
    private async Task FinishFlushAsync(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception error) when (IsBroken(error))
        {
            CloseAfterFailedSend(error);
            return;
        }

        Flush();
    }

    private void CloseAfterFailedSend(Exception error) =>
        Close(new CassandraConnectionException($"Sending to {EndPoint} failed: {error.Message}", error));

    /// <summary>A connection's own entry in the thread pool's queue, so that queueing allocates nothing.</summary>
    private sealed class FlushWork(CqlConnection connection) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            lock (connection._gate)
            {
                connection._flush = FlushMode.Flushing;
            }

            connection.Flush();
        }
    }
}
