namespace Inventory.Cassandra.Connections;

/// <summary>Delays that double up to a limit, each somewhere in its upper half, so that clients don't come back in step.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _attempts;

    public bool IsFirst => _attempts == 0;

    public void Reset() => _attempts = 0;

    public TimeSpan Next()
    {
        var factor = Math.Pow(2, Math.Min(_attempts++, 30));
        var milliseconds = Math.Min(first.TotalMilliseconds * factor, longest.TotalMilliseconds);
#pragma warning disable CA5394 // Nobody gains from guessing a delay.
        return TimeSpan.FromMilliseconds(milliseconds * (0.5 + Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }
}
