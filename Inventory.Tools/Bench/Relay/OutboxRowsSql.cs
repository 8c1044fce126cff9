namespace Inventory.Tools.Bench.Relay;

/// <summary>Rows as the command API writes them, many at once.</summary>
internal static class OutboxRowsSql
{
    /// <summary>Rows number $1 to $2, of so many keys as a large shop has, so that every partition gets its share.</summary>
    public static string Fill(string table) => $"""
        INSERT INTO {table} (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
        SELECT 1 + row % 1000003, 1, row % 1000, row, now(), 'order-placed', '0197a0c1-0000-7000-8000-000000000001'
        FROM generate_series($1::bigint, $2::bigint) AS row
        """;
}
