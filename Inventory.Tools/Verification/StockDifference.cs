using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Verification;

/// <summary>What the two databases hold for one key; null stands for no row.</summary>
internal sealed record StockDifference(StockTable Table, StockKey Key, StockLevel? Postgres, InspectedRow? Cassandra)
{
    public DifferenceKind Kind => (Postgres, Cassandra) switch
    {
        (null, null) => DifferenceKind.None,
        (null, _) => DifferenceKind.Unknown,
        (_, null) => DifferenceKind.Missing,
        (_, { Level: null }) => DifferenceKind.Unreadable,
        (_, { IsOurs: false }) => DifferenceKind.ForeignTimestamp,
        ({ } truth, { Level: { } copy }) => Compare(truth, copy),
    };

    public bool IsNone => Kind == DifferenceKind.None;

    /// <summary>Whether the event may still be on its way: Cassandra is behind, and nothing in it would hide a newer version.</summary>
    public bool MayPass => Postgres is { } truth
        && (Cassandra is not { } row
            || ((row.Level?.Version ?? 0) < truth.Version && (row.LastWrittenAt ?? 0) < truth.Version));

    /// <summary>The highest of what is known to hide versions.</summary>
    public long HighestKnown => Math.Max(
        Postgres?.Version ?? 0, Math.Max(Cassandra?.LastWrittenAt ?? 0, Cassandra?.Level?.Version ?? 0));

    // Equal as far as Cassandra can tell: its timestamps have milliseconds.
    private static DifferenceKind Compare(StockLevel truth, StockLevel copy) =>
        copy.Version < truth.Version ? DifferenceKind.Behind
        : copy.Version > truth.Version ? DifferenceKind.Ahead
        : copy.StockCount == truth.StockCount
            && copy.UpdatedAt.ToUnixTimeMilliseconds() == truth.UpdatedAt.ToUnixTimeMilliseconds() ? DifferenceKind.None
        : DifferenceKind.Different;
}
