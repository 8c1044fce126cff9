using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Verification;

/// <summary>What the two databases hold for one key; null stands for no row.</summary>
internal sealed record StockDifference(StockTable Table, StockKey Key, StockLevel? Postgres, StockLevel? Cassandra)
{
    /// <summary>Equal as far as Cassandra can tell: its timestamps have milliseconds.</summary>
    public bool IsNone =>
        (Postgres is null && Cassandra is null)
        || (Postgres is { } truth
            && Cassandra is { } copy
            && truth.StockCount == copy.StockCount
            && truth.Version == copy.Version
            && truth.UpdatedAt.ToUnixTimeMilliseconds() == copy.UpdatedAt.ToUnixTimeMilliseconds());

    /// <summary>Whether Cassandra is only behind, so that the event may still be on its way.</summary>
    public bool MayPass => Postgres is { } truth && (Cassandra is not { } copy || copy.Version < truth.Version);
}
