using Inventory.Contracts.Stocks;
using Npgsql;

namespace Inventory.CommandApi.Stock;

/// <summary>Locks the rows of a set of keys until the transaction ends.</summary>
internal static class StockLock
{
    // Sorted, so that two transactions that want the same keys wait for each other and never in a circle.
    private const string LockSql = """
        SELECT stock.vendor_item_id, stock.fulfillment_center_id, stock.stock_count, stock.version
        FROM stock
        JOIN unnest($1::bigint[], $2::integer[]) AS wanted (vendor_item_id, fulfillment_center_id)
          USING (vendor_item_id, fulfillment_center_id)
        ORDER BY stock.vendor_item_id, stock.fulfillment_center_id
        FOR UPDATE OF stock
        """;

    // A statement of its own: in the one above it would be read before the locks were waited for.
    private const string ClockSql = "SELECT clock_timestamp()";

    private const string CreateSql = """
        INSERT INTO stock (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at)
        SELECT vendor_item_id, fulfillment_center_id, 0, 0, now()
        FROM unnest($1::bigint[], $2::integer[]) AS wanted (vendor_item_id, fulfillment_center_id)
        ORDER BY vendor_item_id, fulfillment_center_id
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Adds the statements that lock those keys that exist, having made some of them, with nothing in stock.</summary>
    public static void Add(NpgsqlBatch batch, StockKey[] keys, StockKey[] created)
    {
        if (created.Length > 0)
        {
            batch.BatchCommands.Add(WithKeys(CreateSql, created));
        }

        batch.BatchCommands.Add(WithKeys(LockSql, keys));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ClockSql));
    }

    /// <summary>Reads their results, and goes on to the next one.</summary>
    public static async Task<LockedStock> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var levels = new Dictionary<StockKey, LockedLevel>();
        while (await reader.ReadAsync(cancellationToken))
        {
            levels.Add(
                new StockKey(reader.GetInt64(0), reader.GetInt32(1)),
                new LockedLevel(reader.GetInt32(2), reader.GetInt64(3)));
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var now = reader.GetFieldValue<DateTimeOffset>(0);
        await reader.NextResultAsync(cancellationToken);
        return new LockedStock(levels, now);
    }

    private static NpgsqlBatchCommand WithKeys(string sql, StockKey[] keys) => SqlBatch.Command(
        sql,
        keys.Select(key => key.VendorItemId).ToArray(),
        keys.Select(key => key.FulfillmentCenterId).ToArray());
}
