using System.Buffers;
using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// Time. A timer per request would cost more than the request: instead one timer per client looks at every stream.
/// </summary>
internal sealed partial class CqlConnection
{
    private readonly List<StreamTicket> _expired = [];

    /// <summary>Of the reads answered here: what the delay before a second read is taken from.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Fails what has waited too long, and sends what was kept back for too long. One caller at a time.</summary>
    public void Tick(long now)
    {
        var sick = false;
        var flush = FlushMode.None;
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            if (_streams.InUse > 0)
            {
                // Half of the streams never answered: whoever is at the other end won't answer the rest either.
                sick = _streams.Expire(now, _expired) > _streams.Capacity / 2;
                ExpireWaiting(now);
            }

            if (_flush == FlushMode.Deferred)
            {
                flush = _flush = FlushMode.Flushing;
            }
        }

        StartFlush(flush);
        ReleaseHeldReceiver();
        RejectExpired(now);
        if (sick)
        {
            Close(new CassandraTimeoutException($"{EndPoint} left half of the connection's streams without an answer."));
        }
    }

    /// <summary>Collects the reads that have been under way since before a moment; each once.</summary>
    public void CollectSlow(long sentBefore, int most, List<StreamTicket> slow)
    {
        lock (_gate)
        {
            if (!_isClosed && _streams.InUse > 0)
            {
                _streams.CollectSlow(sentBefore, most, slow);
            }
        }
    }

    private void ExpireWaiting(long now)
    {
        for (var count = _waiting.Count; count > 0; count--)
        {
            var waiting = _waiting.Dequeue();
            if (waiting.Deadline > now)
            {
                _waiting.Enqueue(waiting);
                continue;
            }

            _expired.Add(waiting.Ticket);
            ArrayPool<byte>.Shared.Return(waiting.Bytes);
        }

        _load = _streams.InUse + _waiting.Count;
    }

    private void RejectExpired(long now)
    {
        foreach (var (operation, generation) in _expired)
        {
            if (operation.TryFinish(generation))
            {
                operation.Reject(new CassandraTimeoutException($"{EndPoint} did not answer in time."));
                // Not here: what the caller does next must not hold up the timer.
                ThreadPool.UnsafeQueueUserWorkItem(static state => state.operation.Complete(state.now), (operation, now), preferLocal: false);
            }
        }

        _expired.Clear();
    }
}
