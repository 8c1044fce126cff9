namespace Inventory.QueryApi.Caching;

/// <summary>Waiters in the order they came, linked through themselves.</summary>
internal struct WaiterList
{
    private ReadWaiter? _first;
    private ReadWaiter? _last;

    public readonly bool IsEmpty => _first is null;

    public void Add(ReadWaiter waiter)
    {
        waiter.Next = null;
        if (_last is null)
        {
            _first = waiter;
        }
        else
        {
            _last.Next = waiter;
        }

        _last = waiter;
    }

    public ReadWaiter? TakeFirst()
    {
        var first = _first;
        if (first is not null)
        {
            _first = first.Next;
            _last = _first is null ? null : _last;
            first.Next = null;
        }

        return first;
    }

    /// <summary>Ends every wait with the same value. Not under a lock: what waited goes on right here.</summary>
    /// <returns>How many there were.</returns>
    public int SucceedAll(in CachedStock stock)
    {
        var count = 0;
        while (TakeFirst() is { } waiter)
        {
            waiter.Succeed(stock);
            count++;
        }

        return count;
    }

    /// <summary>Ends every wait with the same failure. Not under a lock.</summary>
    /// <returns>How many there were.</returns>
    public int FailAll(Exception exception)
    {
        var count = 0;
        while (TakeFirst() is { } waiter)
        {
            waiter.Fail(exception);
            count++;
        }

        return count;
    }
}
