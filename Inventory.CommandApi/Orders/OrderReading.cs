using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Stocks;
using Npgsql;

namespace Inventory.CommandApi.Orders;

/// <summary>The SQL that reads <c>orders</c> and <c>order_lines</c>.</summary>
internal static class OrderReading
{
    private const string FindSql = """
        SELECT order_id, request_hash, status, placed_at, reserved_until, confirmed_at, cancelled_at, answer_status, answer,
               vendor_item_id, fulfillment_center_id, quantity, requested_quantity, expected_version, stock_count, version,
               cancelled_quantity, changed_stock_count, changed_version, changed_at
        FROM orders LEFT JOIN order_lines USING (order_id)
        WHERE order_id = ANY ($1)
        ORDER BY order_id, vendor_item_id, fulfillment_center_id
        """;

    private const string LockSql = "SELECT FROM orders WHERE order_id = ANY ($1) ORDER BY order_id FOR UPDATE";

    private const string KeysSql = """
        SELECT order_id, vendor_item_id, fulfillment_center_id
        FROM order_lines
        WHERE order_id = ANY ($1)
        ORDER BY vendor_item_id, fulfillment_center_id
        """;

    public static NpgsqlBatchCommand Lock(Guid[] orderIds) => SqlBatch.Command(LockSql, orderIds);

    public static NpgsqlBatchCommand Find(Guid[] orderIds) => SqlBatch.Command(FindSql, orderIds);

    public static async Task<StoredOrder?> FindAsync(
        NpgsqlConnection connection, Guid orderId, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Find([orderId]) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return (await ReadAsync(reader, cancellationToken)).GetValueOrDefault(orderId);
    }

    /// <summary>The keys of orders, which never change, sorted.</summary>
    public static async Task<Dictionary<Guid, StockKey[]>> KeysAsync(
        NpgsqlConnection connection, Guid[] orderIds, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { SqlBatch.Command(KeysSql, orderIds) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var keys = new List<(Guid OrderId, StockKey Key)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add((reader.GetGuid(0), new StockKey(reader.GetInt64(1), reader.GetInt32(2))));
        }

        return keys.GroupBy(each => each.OrderId, each => each.Key).ToDictionary(each => each.Key, each => each.ToArray());
    }

    /// <summary>Reads the result of <see cref="Find"/>, and goes on to the next one.</summary>
    public static async Task<Dictionary<Guid, StoredOrder>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var orders = new Dictionary<Guid, StoredOrder>();
        var lines = new List<StoredLine>();
        StoredOrder? order = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            var orderId = reader.GetGuid(0);
            if (order?.OrderId != orderId)
            {
                lines = [];
                order = ReadOrder(reader, orderId, lines);
                orders.Add(orderId, order);
            }

            if (!reader.IsDBNull(9))
            {
                lines.Add(ReadLine(reader));
            }
        }

        await reader.NextResultAsync(cancellationToken);
        return orders;
    }

    private static StoredOrder ReadOrder(NpgsqlDataReader reader, Guid orderId, List<StoredLine> lines)
    {
        var hash = reader.GetFieldValue<byte[]>(1);
        return new StoredOrder(
            orderId,
            hash,
            OrderStateText.Parse(reader.GetString(2)),
            reader.GetFieldValue<DateTimeOffset>(3),
            Nullable<DateTimeOffset>(reader, 4),
            Nullable<DateTimeOffset>(reader, 5),
            Nullable<DateTimeOffset>(reader, 6),
            lines,
            reader.IsDBNull(8) ? null : new StoredAnswer(hash, reader.GetInt16(7), reader.GetString(8)));
    }

    private static StoredLine ReadLine(NpgsqlDataReader reader) => new(
        new StockKey(reader.GetInt64(9), reader.GetInt32(10)),
        reader.GetInt32(11),
        Nullable<int>(reader, 12),
        Nullable<long>(reader, 13),
        Nullable<int>(reader, 14),
        Nullable<long>(reader, 15),
        reader.GetInt32(16),
        reader.IsDBNull(17)
            ? null
            : new StockLevel(reader.GetInt32(17), reader.GetInt64(18), reader.GetFieldValue<DateTimeOffset>(19)));

    private static T? Nullable<T>(NpgsqlDataReader reader, int column)
        where T : struct =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
