using Inventory.Contracts.Stocks;

namespace Inventory.Relay.Reconciliation;

/// <summary>How a row of Cassandra differs from Postgres, as the value of a metric's attribute.</summary>
internal static class DriftKind
{
    public const string Missing = "missing";
    public const string Behind = "behind";
    public const string Ahead = "ahead";
    public const string Different = "different";

    /// <summary>A column has no value, or one out of range: readers of the row, or of its item, get an error.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Whether the row differs at all, as far as Cassandra can tell: its timestamps have milliseconds.</summary>
    public static bool IsEqual(StockLevel truth, StockLevel? copy) =>
        copy is { } level
        && level.StockCount == truth.StockCount
        && level.Version == truth.Version
        && level.UpdatedAt.ToUnixTimeMilliseconds() == truth.UpdatedAt.ToUnixTimeMilliseconds();

    /// <param name="expected">What Postgres had a while ago, which has had its time to arrive.</param>
    /// <param name="copy">What Cassandra has.</param>
    /// <param name="truth">What Postgres has, read after that.</param>
    /// <returns>Null if there is no drift: what is newer than expected may be on its way.</returns>
    public static string? Of(StockLevel expected, StockLevel? copy, StockLevel truth) => copy switch
    {
        null => Missing,
        { } level when level.Version < expected.Version => Behind,
        { } level when level.Version > truth.Version => Ahead,
        { } level when level.Version == truth.Version && !IsEqual(truth, level) => Different,
        { } level when level.Version == expected.Version && !IsEqual(expected, level) => Different,
        _ => null,
    };
}
