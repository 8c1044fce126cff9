using System.Globalization;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Verification;

/// <summary>Writes the result of a comparison.</summary>
internal static class VerifyText
{
    public static void Write(TextWriter output, VerifyResult result)
    {
        if (result.LeftInOutbox > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"The outbox still held {result.LeftInOutbox} changes when waiting for it ended."));
        }

        if (result.Repaired + result.Left > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Repaired} differences repaired, {result.Left} left: what Postgres lacks is not deleted from Cassandra."));
        }

        if (result.Difference is not { } difference)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Keys} keys, 0 differences"));
            return;
        }

        var table = TableNames.Of(difference.Table);
        output.WriteLine($"The first difference is at {difference.Key}, between Postgres and the Cassandra table {table}:");
        output.WriteLine($"  {"Postgres",-15}{Describe(difference.Postgres)}");
        output.WriteLine($"  {table,-15}{Describe(difference.Cassandra)}");
    }

    private static string Describe(StockLevel? level) => level is { } row
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"stock_count {row.StockCount}, version {row.Version}, updated_at {row.UpdatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z")
        : "no row";
}
