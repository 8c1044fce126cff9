namespace Inventory.Relay.Publishing.Leases;

/// <summary>
/// Postgres's clock, which stamped the changes, as far as it can be told from here: what lags behind a change is measured
/// on one clock, whatever ours shows.
/// </summary>
internal sealed class DatabaseClock(TimeProvider time)
{
    private long _offsetTicks;

    public DateTimeOffset Now => time.GetUtcNow().AddTicks(Volatile.Read(ref _offsetTicks));

    /// <summary>Takes the server's time for that of the middle between question and answer.</summary>
    public void Set(DateTimeOffset serverTime, long askedAt) => Volatile.Write(
        ref _offsetTicks, (serverTime - (time.GetUtcNow() - (time.GetElapsedTime(askedAt) / 2))).Ticks);
}
