using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Inventory.Contracts.Orders;
using Npgsql;
using NpgsqlTypes;

namespace Inventory.CommandApi.Orders;

/// <summary>The SQL of <c>orders</c> and <c>order_lines</c>.</summary>
internal static class OrderRows
{
    private const string FindSql = """
        SELECT status, placed_at, request_hash, answer_status, answer, cancellation, cancelled_at
        FROM orders
        WHERE order_id = $1
        """;

    private const string InsertSql = """
        INSERT INTO orders (order_id, request_hash, status, placed_at, answer_status, answer)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """;

    private const string InsertLinesSql = """
        INSERT INTO order_lines (order_id, vendor_item_id, fulfillment_center_id, quantity)
        SELECT $1, lines.* FROM unnest($2::bigint[], $3::integer[], $4::integer[]) AS lines
        """;

    private const string LinesSql = """
        SELECT vendor_item_id, fulfillment_center_id, quantity FROM order_lines WHERE order_id = $1
        """;

    private const string CancelSql = """
        UPDATE orders SET status = 'cancelled', cancelled_at = $2, cancellation = $3 WHERE order_id = $1
        """;

    public static Task<OrderRow?> FindAsync(NpgsqlConnection connection, Guid orderId, CancellationToken cancellationToken) =>
        FindAsync(connection, FindSql, orderId, cancellationToken);

    /// <summary>Finds the order and keeps others from cancelling it until the transaction ends.</summary>
    public static Task<OrderRow?> FindAndLockAsync(
        NpgsqlConnection connection, Guid orderId, CancellationToken cancellationToken) =>
        FindAsync(connection, FindSql + " FOR UPDATE", orderId, cancellationToken);

    public static async Task<SortedLines> ReadLinesAsync(
        NpgsqlConnection connection, Guid orderId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LinesSql, connection) { Parameters = { new() { Value = orderId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<QuantityLine>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new QuantityLine(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2)));
        }

        return new SortedLines(lines);
    }

    /// <summary>
    /// The statement that claims the id. It writes no row when another transaction was first, and waits for one that is
    /// about to be.
    /// </summary>
    public static NpgsqlBatchCommand Insert(Guid orderId, OrderStatus status, DateTimeOffset placedAt, StoredAnswer answer) =>
        new(InsertSql)
        {
            Parameters =
            {
                new() { Value = orderId },
                new() { Value = answer.RequestHash },
                new() { Value = OrderStatusText.Of(status) },
                new() { Value = placedAt },
                new() { Value = (short)answer.Status },
                new() { Value = answer.Json, NpgsqlDbType = NpgsqlDbType.Json },
            },
        };

    public static NpgsqlBatchCommand InsertLines(Guid orderId, SortedLines lines) =>
        new(InsertLinesSql)
        {
            Parameters =
            {
                new() { Value = orderId },
                new() { Value = lines.Select(line => line.VendorItemId).ToArray() },
                new() { Value = lines.Select(line => line.FulfillmentCenterId).ToArray() },
                new() { Value = lines.Select(line => line.Quantity).ToArray() },
            },
        };

    public static NpgsqlBatchCommand Cancel(Guid orderId, DateTimeOffset cancelledAt, string cancellation) =>
        new(CancelSql)
        {
            Parameters =
            {
                new() { Value = orderId },
                new() { Value = cancelledAt },
                new() { Value = cancellation, NpgsqlDbType = NpgsqlDbType.Json },
            },
        };

    private static async Task<OrderRow?> FindAsync(
        NpgsqlConnection connection, string sql, Guid orderId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = orderId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new OrderRow(
                OrderStatusText.Parse(reader.GetString(0)),
                reader.GetFieldValue<DateTimeOffset>(1),
                new StoredAnswer(reader.GetFieldValue<byte[]>(2), reader.GetInt16(3), reader.GetString(4)),
                reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6))
            : null;
    }
}
