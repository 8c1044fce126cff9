using Inventory.Cassandra.Connections;

namespace Inventory.Cassandra.Inspection;

/// <summary>The statements of a <see cref="StockInspector"/>: rows of either table with the timestamps of their columns.</summary>
internal sealed class InspectionStatements
{
    private const string Columns = """
        vendor_item_id, fulfillment_center_id, stock_count, version, updated_at,
        writetime(stock_count), writetime(version), writetime(updated_at)
        """;

    public InspectionStatements(string keyspace, CassandraOptions options)
    {
        var all = new List<Statement>();
        ReadStocks = Select("stocks", " WHERE vendor_item_id = ? AND fulfillment_center_id = ?", values: 2, pageSize: 0);
        ReadStocksByItem = Select("stocks_by_item", " WHERE vendor_item_id = ? AND fulfillment_center_id = ?", values: 2, pageSize: 0);
        ScanStocks = Select("stocks", "", values: 0, options.ScanPageSize);
        ScanStocksByItem = Select("stocks_by_item", "", values: 0, options.ScanPageSize);
        All = all;

        Statement Select(string table, string where, ushort values, int pageSize)
        {
            var cql = $"SELECT {Columns} FROM {keyspace}.{table}{where}";
            all.Add(new Statement(all.Count, "SELECT", keyspace, table, cql, options.ReadConsistency, values, pageSize));
            return all[^1];
        }
    }

    public IReadOnlyList<Statement> All { get; }

    public Statement ReadStocks { get; }

    public Statement ReadStocksByItem { get; }

    public Statement ScanStocks { get; }

    public Statement ScanStocksByItem { get; }
}
