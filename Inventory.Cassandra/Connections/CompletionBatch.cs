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

    public void Run(long now)
    {
        var next = _first;
        _first = _last = null;
        if (next is null)
        {
            return;
        }

        using var scope = FlushScope.Enter();
        while (next is { } operation)
        {
            // Read first: once completed, the operation may be in its next life.
            next = operation.NextCompleted;
            operation.NextCompleted = null;
            operation.Complete(now);
            scope.FlushIfDue();
        }
    }
}
