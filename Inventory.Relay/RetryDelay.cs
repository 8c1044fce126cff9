namespace Inventory.Relay;

/// <summary>How long a loop waits after each failure in a row: twice as long every time, up to a bound, with jitter.</summary>
internal sealed class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(5);

    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        // Jitter keeps several instances from knocking in step.
        var delay = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Last.Ticks));
        return delay;
    }

    public void Reset() => _next = First;
}
