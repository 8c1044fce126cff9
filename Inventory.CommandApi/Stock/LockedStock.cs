using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Stock;

/// <summary>Stock rows that this transaction holds locked, and the time since when it does.</summary>
/// <param name="Levels">By key; a key without a row is absent.</param>
/// <param name="Now">Postgres's clock, read after the last lock was taken, UTC, in whole microseconds.</param>
internal sealed record LockedStock(Dictionary<StockKey, LockedLevel> Levels, DateTimeOffset Now)
{
    // The version of a row that was made to be locked; its first change gives it a real one.
    private const long Unreceived = 0;

    /// <summary>What is known of a key; nothing as long as it was never received.</summary>
    public LockedLevel? Find(StockKey key) => FindToReceive(key) is { Version: > Unreceived } level ? level : null;

    /// <summary>The same for its first receipt, which finds the row that was made for it, with nothing in stock.</summary>
    public LockedLevel? FindToReceive(StockKey key) => Levels.TryGetValue(key, out var level) ? level : null;

    /// <summary>Whether it was made for a receipt that then did not happen.</summary>
    public bool IsUnreceived(StockKey key) => Levels[key].Version == Unreceived;

    /// <summary>Whether so many more fit into the count of the key.</summary>
    public bool HasRoomFor(StockKey key, int quantity) => quantity <= int.MaxValue - Levels[key].StockCount;

    /// <summary>Changes a row, for the next decision under the same locks too. Its version grows even when the clock does not.</summary>
    public StockChange Change(StockKey key, int quantity, StockChangeCause cause, string? traceParent)
    {
        var level = Levels[key];
        var version = Math.Max(level.Version + 1, (Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        var count = checked(level.StockCount + quantity);
        Levels[key] = new LockedLevel(count, version);
        return new StockChange(key, quantity, new StockLevel(count, version, Now), cause, traceParent);
    }
}
