using Inventory.Cassandra;

namespace Inventory.Tools.Verification;

internal static class TableNames
{
    /// <summary>As CQL names it.</summary>
    public static string Of(StockTable table) => table == StockTable.Stocks ? "stocks" : "stocks_by_item";
}
