using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Orders.Grouping;
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

    private const string FindManySql = """
        SELECT order_id, request_hash, answer_status, answer FROM orders WHERE order_id = ANY ($1)
        """;

    private const string InsertSql = """
        INSERT INTO orders (order_id, request_hash, status, answer_status, answer, placed_at)
        SELECT decided.*, $6
        FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::smallint[], $5::json[]) AS decided
        ON CONFLICT DO NOTHING
        """;

    private const string InsertLinesSql = """
        INSERT INTO order_lines (order_id, vendor_item_id, fulfillment_center_id, quantity)
        SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::integer[])
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

    /// <summary>The first answers to those of the ids that were decided before.</summary>
    public static async Task<Dictionary<Guid, StoredAnswer>> FindAnswersAsync(
        NpgsqlConnection connection, IEnumerable<Guid> orderIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FindManySql, connection)
        {
            Parameters = { new() { Value = orderIds.ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var answers = new Dictionary<Guid, StoredAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            answers.Add(
                reader.GetGuid(0),
                new StoredAnswer(reader.GetFieldValue<byte[]>(1), reader.GetInt16(2), reader.GetString(3)));
        }

        return answers;
    }

    /// <summary>
    /// The statement that claims the ids. It leaves out those for which another transaction was first, and waits for one
    /// that is about to be.
    /// </summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<DecidedOrder> orders, DateTimeOffset placedAt) =>
        new(InsertSql)
        {
            Parameters =
            {
                new() { Value = orders.Select(order => order.Order.OrderId).ToArray() },
                new() { Value = orders.Select(order => order.Answer.RequestHash).ToArray() },
                new() { Value = orders.Select(order => OrderStatusText.Of(order.Status)).ToArray() },
                new() { Value = orders.Select(order => (short)order.Answer.Status).ToArray() },
                new()
                {
                    Value = orders.Select(order => order.Answer.Json).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json,
                },
                new() { Value = placedAt },
            },
        };

    public static NpgsqlBatchCommand InsertLines(IReadOnlyList<DecidedOrder> placed)
    {
        var lines = placed.SelectMany(order => order.Order.Lines, (order, line) => (order.Order.OrderId, Line: line)).ToArray();
        return new(InsertLinesSql)
        {
            Parameters =
            {
                new() { Value = lines.Select(each => each.OrderId).ToArray() },
                new() { Value = lines.Select(each => each.Line.VendorItemId).ToArray() },
                new() { Value = lines.Select(each => each.Line.FulfillmentCenterId).ToArray() },
                new() { Value = lines.Select(each => each.Line.Quantity).ToArray() },
            },
        };
    }

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
