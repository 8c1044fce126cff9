namespace Inventory.QueryApi.Caching;

/// <summary>The one clock of the cache: monotonic timestamps, which no correction of the wall clock moves.</summary>
internal sealed class CacheClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time => time;

    public long Now => time.GetTimestamp();

    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>Since the start, cut to 32 bits: compare by the difference.</summary>
    public int Milliseconds(long timestamp) => unchecked((int)(long)time.GetElapsedTime(_start, timestamp).TotalMilliseconds);

    /// <summary>Whole seconds since a timestamp, rounded down, never below 0.</summary>
    public int SecondsSince(long timestamp) => (int)Math.Max(0, (Now - timestamp) / time.TimestampFrequency);
}
