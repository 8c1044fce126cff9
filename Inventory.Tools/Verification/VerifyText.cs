using System.Globalization;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Verification;

/// <summary>Writes the result of a comparison: every difference up to a bound for each kind, then how many there are.</summary>
internal static class VerifyText
{
    public static void Write(TextWriter output, VerifyResult result)
    {
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        if (result.LeftInOutbox > 0)
        {
            Line($"The outbox still held {result.LeftInOutbox} changes when waiting for it ended.");
        }

        foreach (var (difference, outcome) in result.Told)
        {
            var table = TableNames.Of(difference.Table);
            Line($"{difference.Key} in {table}: {Describe(difference)}{Describe(outcome)}");
            Line($"  {"Postgres",-15}{Describe(difference.Postgres)}");
            Line($"  {table,-15}{Describe(difference.Cassandra)}");
        }

        foreach (var (kind, count) in result.Counts)
        {
            Line($"{NameOf(kind),-20}{count}{(count > VerifyResult.ToldOfEachKind ? $", the first {VerifyResult.ToldOfEachKind} told" : "")}");
        }

        if (result.Repaired > 0)
        {
            Line($"{result.Repaired} differences repaired");
        }

        Line($"{result.Keys} keys, {result.Left} differences");
    }

    private static string NameOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => "missing",
        DifferenceKind.Unknown => "unknown to Postgres",
        DifferenceKind.Unreadable => "unreadable",
        DifferenceKind.ForeignTimestamp => "foreign timestamp",
        DifferenceKind.Behind => "behind",
        DifferenceKind.Ahead => "ahead",
        _ => "different",
    };

    private static string Describe(StockDifference difference) => difference switch
    {
        { Kind: DifferenceKind.Unreadable } => "a column has no value, or one out of range",
        { Kind: DifferenceKind.ForeignTimestamp, Cassandra: { LastWrittenAt: { } last, Level.Version: var version } } when last > version =>
            $"something else wrote to it with the time {Time(last)}; nothing older gets through, whatever its version",
        { Kind: DifferenceKind.ForeignTimestamp } => "something else wrote to it with a time before its version; an older version would replace it",
        _ => NameOf(difference.Kind),
    };

    private static string Describe(RepairOutcome? outcome) => outcome switch
    {
        RepairOutcome.UnknownToPostgres => " (left: what Postgres lacks is not deleted from Cassandra)",
        RepairOutcome.OutOfReach => " (left: no version may be so far ahead; docs/operations.md tells the way out)",
        RepairOutcome.StillHidden => " (left: a deletion with a time far ahead hides it; docs/operations.md tells the way out)",
        _ => "",
    };

    private static string Describe(StockLevel? level) => level is { } row
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"stock_count {row.StockCount}, version {row.Version}, updated_at {row.UpdatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z")
        : "no row";

    private static string Describe(InspectedRow? row) => row switch
    {
        null => "no row",
        { Level: { } level, IsOurs: true } => Describe(level),
        { Level: var level, FirstWrittenAt: var first, LastWrittenAt: var last } => string.Create(
            CultureInfo.InvariantCulture, $"{(level is null ? "no level" : Describe(level))}, written at {first} to {last}"),
    };

    // Timestamps may be beyond every calendar.
    private static string Time(long microseconds)
    {
        var latest = VersionBounds.MicrosecondsOf(DateTimeOffset.MaxValue);
        return microseconds >= 0 && microseconds <= latest
            ? DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{microseconds} us");
    }
}
