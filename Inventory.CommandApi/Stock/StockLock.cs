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

    /// <summary>Locks those keys that exist.</summary>
    public static Task<LockedStock> LockAsync(
        NpgsqlConnection connection, IReadOnlyList<StockKey> keys, CancellationToken cancellationToken) =>
        LockAsync(connection, keys, createMissing: false, cancellationToken);

    /// <summary>Creates the keys that do not exist yet, with nothing in stock, and locks all.</summary>
    public static Task<LockedStock> CreateAndLockAsync(
        NpgsqlConnection connection, IReadOnlyList<StockKey> keys, CancellationToken cancellationToken) =>
        LockAsync(connection, keys, createMissing: true, cancellationToken);

    private static async Task<LockedStock> LockAsync(
        NpgsqlConnection connection, IReadOnlyList<StockKey> keys, bool createMissing, CancellationToken cancellationToken)
    {
        var items = keys.Select(key => key.VendorItemId).ToArray();
        var centers = keys.Select(key => key.FulfillmentCenterId).ToArray();

        await using var batch = new NpgsqlBatch(connection);
        if (createMissing)
        {
            batch.BatchCommands.Add(WithKeys(CreateSql, items, centers));
        }

        batch.BatchCommands.Add(WithKeys(LockSql, items, centers));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ClockSql));

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var levels = new Dictionary<StockKey, LockedLevel>(keys.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            levels.Add(
                new StockKey(reader.GetInt64(0), reader.GetInt32(1)),
                new LockedLevel(reader.GetInt32(2), reader.GetInt64(3)));
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new LockedStock(levels, reader.GetFieldValue<DateTimeOffset>(0));
    }

    private static NpgsqlBatchCommand WithKeys(string sql, long[] items, int[] centers) =>
        new(sql) { Parameters = { new() { Value = items }, new() { Value = centers } } };
}
