namespace Inventory.Cassandra.Connections;

/// <summary>
/// The operations that one block of received bytes finished. Their callers continue one after the other on one
/// thread, and what they send meanwhile leaves together when the last of them is done (<see cref="FlushScope"/>).
/// </summary>
internal struct CompletionBatch
{
    private Operation? _first;
    private Operation? _last;

    public readonly bool IsEmpty => _first is null;

    public void Add(Operation operation)
    {
        if (_last is null)
        {
            _first = operation;
        }
        else
        {
            _last.NextCompleted = operation;
        }

        _last = operation;
    }

    /// <param name="now">The time.</param>
    /// <param name="answered">The connection that is to get what the callers send, if any is.</param>
    /// <param name="clock">Of which the callers may share readings, if they may.</param>
    public void Run(long now, CqlConnection? answered = null, TimeProvider? clock = null)
    {
        var next = _first;
        _first = _last = null;
        if (next is null)
        {
            return;
        }

        using var scope = FlushScope.Enter(answered);
        while (next is { } operation)
        {
            // Read first: once completed, the operation may be in its next life.
            next = operation.NextCompleted;
            operation.NextCompleted = null;
            if (clock is not null)
            {
                scope.ReadClockIfDue(clock);
            }

            operation.Complete(now);
            scope.FlushIfDue();
        }
    }
}
