using System.Collections.Concurrent;

namespace Inventory.Cassandra.Stocks;

/// <summary>
/// Operations for their next life. A few stay with the thread that returned them, which under load is the one that
/// asks for the next; the others are shared.
/// </summary>
internal static class OperationPool<T>
    where T : class, new()
{
    private const int KeptPerThread = 64;
    private const int KeptShared = 16384;

    private static readonly ConcurrentQueue<T> Shared = new();
    private static int _sharedCount;

    [ThreadStatic]
    private static T[]? _own;

    [ThreadStatic]
    private static int _ownCount;

    public static T Rent()
    {
        if (_ownCount > 0)
        {
            return _own![--_ownCount];
        }

        if (Shared.TryDequeue(out var operation))
        {
            Interlocked.Decrement(ref _sharedCount);
            return operation;
        }

        return new T();
    }

    public static void Return(T operation)
    {
        var own = _own ??= new T[KeptPerThread];
        if (_ownCount < own.Length)
        {
            own[_ownCount++] = operation;
        }
        else if (Volatile.Read(ref _sharedCount) < KeptShared)
        {
            Interlocked.Increment(ref _sharedCount);
            Shared.Enqueue(operation);
        }
    }
}
