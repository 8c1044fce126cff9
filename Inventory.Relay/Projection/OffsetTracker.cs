namespace Inventory.Relay.Projection;

/// <summary>
/// Batches of a partition begin in order and end in any. An offset is stored when every batch before it has ended, so
/// that what is committed never passes a write that Cassandra has not acknowledged.
/// </summary>
/// <param name="store">Gets the offset to go on at, ever greater ones, never two at a time.</param>
internal sealed class OffsetTracker(Action<long> store)
{
    private readonly Lock _gate = new();
    private readonly Queue<OpenBatch> _open = new();
    private bool _isClosed;
    private long? _next;

    /// <summary>Where to go on after a restart; null before anything was acknowledged.</summary>
    public long? Next
    {
        get
        {
            lock (_gate)
            {
                return _next;
            }
        }
    }

    /// <summary>When the oldest message came that is not acknowledged; null if there is none.</summary>
    public DateTimeOffset? OldestTakenAt
    {
        get
        {
            lock (_gate)
            {
                return _open.TryPeek(out var oldest) ? oldest.TakenAt : null;
            }
        }
    }

    public OpenBatch Begin(long next, DateTimeOffset takenAt)
    {
        var batch = new OpenBatch(next, takenAt);
        lock (_gate)
        {
            _open.Enqueue(batch);
        }

        return batch;
    }

    public void Complete(OpenBatch batch)
    {
        // Stored under the lock: another batch's offset, read later but stored sooner, would be set back.
        lock (_gate)
        {
            batch.IsDone = true;
            var before = _next;
            while (_open.TryPeek(out var oldest) && oldest.IsDone)
            {
                _next = _open.Dequeue().Next;
            }

            if (_next != before && !_isClosed)
            {
                store(_next!.Value);
            }
        }
    }

    /// <summary>Stores nothing any more: the partition may belong to somebody else, or to a later self.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }
}
