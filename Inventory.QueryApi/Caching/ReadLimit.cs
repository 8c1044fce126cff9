namespace Inventory.QueryApi.Caching;

/// <summary>How many of something there may be at once. Whoever comes too late is told at once and does not queue.</summary>
internal sealed class ReadLimit(int most)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public bool TryTake(int count = 1)
    {
        if (Interlocked.Add(ref _taken, count) <= most)
        {
            return true;
        }

        Release(count);
        return false;
    }

    public void Release(int count = 1) => Interlocked.Add(ref _taken, -count);
}
