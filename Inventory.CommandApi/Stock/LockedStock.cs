using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Stock;

/// <summary>Stock rows that this transaction holds locked, and the time since when it does.</summary>
/// <param name="Levels">By key; a key without a row is absent.</param>
/// <param name="Now">Postgres's clock, read after the last lock was taken, UTC, in whole microseconds.</param>
internal sealed record LockedStock(Dictionary<StockKey, LockedLevel> Levels, DateTimeOffset Now)
{
    /// <summary>The version that a change of a row takes: it grows even when the clock does not.</summary>
    public long NextVersion(LockedLevel level) =>
        Math.Max(level.Version + 1, (Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The same rows as a change leaves them, for the next decision under the same locks.</summary>
    public void Apply(StockChange change) =>
        Levels[change.Key] = new LockedLevel(change.Level.StockCount, change.Level.Version);
}
