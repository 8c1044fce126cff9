using System.Collections.Concurrent;

namespace Inventory.Cassandra.Stocks;

/// <summary>
/// Operations for their next life. A few stay with the thread that returned them, which under load is the one that
/// asks for the next; the others are shared. Each thread has one for each kind of operation, in a field of that kind: a
/// thread's field in a generic type is looked up at run time.
/// </summary>
internal sealed class OperationPool<T>
    where T : class, new()
{
    private const int KeptPerThread = 64;
    private const int KeptShared = 16384;

    private static readonly ConcurrentQueue<T> Shared = new();
    private static int _sharedCount;

    private readonly T[] _own = new T[KeptPerThread];
    private int _ownCount;

    public T Rent() => _ownCount > 0 ? _own[--_ownCount] : RentShared();

    public void Return(T operation)
    {
        if (_ownCount < _own.Length)
        {
            _own[_ownCount++] = operation;
        }
        else
        {
            ReturnShared(operation);
        }
    }

    private static T RentShared()
    {
        if (!Shared.TryDequeue(out var operation))
        {
            return new T();
        }

        Interlocked.Decrement(ref _sharedCount);
        return operation;
    }

    private static void ReturnShared(T operation)
    {
        if (Volatile.Read(ref _sharedCount) < KeptShared)
        {
            Interlocked.Increment(ref _sharedCount);
            Shared.Enqueue(operation);
        }
    }
}
