using Inventory.Cassandra.Connections;

namespace Inventory.Cassandra.Stocks;

/// <summary>Every statement of the client. Tables are named with their keyspace, so no connection has a state of its own.</summary>
internal sealed class StockStatements
{
    private const string Stocks = "stocks";
    private const string StocksByItem = "stocks_by_item";
    private const string LevelColumns = "stock_count, version, updated_at";
    private const string KeyColumns = "vendor_item_id, fulfillment_center_id";
    private const int ItemPageSize = 5000;

    private readonly List<Statement> _all = [];

    public StockStatements(string keyspace, CassandraOptions options)
    {
        Statement Add(string operation, string table, string cql, CassandraConsistency consistency, ushort values, int pageSize = 0)
        {
            var statement = new Statement(_all.Count, operation, keyspace, table, cql, consistency, values, pageSize);
            _all.Add(statement);
            return statement;
        }

        Statement Select(string table, string columns, string where, ushort values, int pageSize) => Add(
            "SELECT", table, $"SELECT {columns} FROM {keyspace}.{table}{where}", options.ReadConsistency, values, pageSize);

        Statement Insert(string table) => Add(
            "INSERT",
            table,
            $"INSERT INTO {keyspace}.{table} ({KeyColumns}, {LevelColumns}) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?",
            options.WriteConsistency,
            values: 6);

        Read = Select(Stocks, LevelColumns, " WHERE vendor_item_id = ? AND fulfillment_center_id = ?", 2, pageSize: 0);
        ReadItem = Select(
            StocksByItem, $"fulfillment_center_id, {LevelColumns}", " WHERE vendor_item_id = ?", 1, ItemPageSize);
        WriteStocks = Insert(Stocks);
        WriteStocksByItem = Insert(StocksByItem);
        ScanStocks = Select(Stocks, $"{KeyColumns}, {LevelColumns}", "", 0, options.ScanPageSize);
        ScanStocksByItem = Select(StocksByItem, $"{KeyColumns}, {LevelColumns}", "", 0, options.ScanPageSize);
    }

    public IReadOnlyList<Statement> All => _all;

    public Statement Read { get; }

    public Statement ReadItem { get; }

    public Statement WriteStocks { get; }

    public Statement WriteStocksByItem { get; }

    public Statement ScanStocks { get; }

    public Statement ScanStocksByItem { get; }
}
