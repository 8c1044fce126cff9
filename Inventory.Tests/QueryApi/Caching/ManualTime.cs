namespace Inventory.Tests.QueryApi.Caching;

/// <summary>Time that passes when the test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerHour;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public void Pass(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);

    public void PassMilliseconds(int milliseconds) => Pass(TimeSpan.FromMilliseconds(milliseconds));
}
