using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Stock;
using Npgsql;

namespace Inventory.CommandApi.Orders;

/// <summary>The SQL that writes <c>orders</c> and <c>order_lines</c>.</summary>
internal static class OrderWrites
{
    private const string InsertSql = """
        INSERT INTO orders (order_id, request_hash, status, reserved_until, placed_at)
        SELECT decided.*, $5
        FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::timestamptz[]) AS decided
        ON CONFLICT DO NOTHING
        """;

    private const string InsertLinesSql = """
        INSERT INTO order_lines (order_id, vendor_item_id, fulfillment_center_id, quantity, stock_count, version,
                                 requested_quantity, expected_version)
        SELECT *
        FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::integer[], $5::integer[], $6::bigint[], $7::integer[],
                    $8::bigint[])
        """;

    private const string UpdateSql = """
        UPDATE orders
        SET status = changed.status, confirmed_at = changed.confirmed_at, cancelled_at = changed.cancelled_at
        FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
          AS changed (order_id, status, confirmed_at, cancelled_at)
        WHERE orders.order_id = changed.order_id
        """;

    private const string UpdateLinesSql = """
        UPDATE order_lines
        SET cancelled_quantity = changed.cancelled_quantity,
            changed_stock_count = changed.stock_count,
            changed_version = changed.version,
            changed_at = changed.changed_at
        FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::integer[], $5::integer[], $6::bigint[], $7::timestamptz[])
          AS changed (order_id, vendor_item_id, fulfillment_center_id, cancelled_quantity, stock_count, version, changed_at)
        WHERE order_lines.order_id = changed.order_id
          AND order_lines.vendor_item_id = changed.vendor_item_id
          AND order_lines.fulfillment_center_id = changed.fulfillment_center_id
        """;

    /// <summary>
    /// Adds the statement that claims new ids. It leaves out those for which another transaction was first, and waits for
    /// one that is about to be.
    /// </summary>
    /// <returns>How many rows it must write.</returns>
    public static int AddClaims(NpgsqlBatch batch, GroupWork work)
    {
        var orders = work.NewOrders.ToArray();
        if (orders.Length > 0)
        {
            batch.BatchCommands.Add(SqlBatch.Command(
                InsertSql,
                orders.Select(order => order.OrderId).ToArray(),
                orders.Select(order => order.RequestHash).ToArray(),
                orders.Select(order => OrderStateText.Of(order.State)).ToArray(),
                orders.Select(order => order.ReservedUntil).ToArray(),
                work.Now));
        }

        return orders.Length;
    }

    /// <summary>Adds the statements that write lines of new orders, and changes of others.</summary>
    public static void AddRows(NpgsqlBatch batch, GroupWork work)
    {
        AddLines(batch, [.. work.NewOrders.SelectMany(order => order.Lines, (order, line) => (order.OrderId, line))]);
        AddChanges(batch, [.. work.ChangedOrders]);
    }

    private static void AddLines(NpgsqlBatch batch, (Guid OrderId, StoredLine Line)[] lines)
    {
        if (lines.Length > 0)
        {
            batch.BatchCommands.Add(SqlBatch.Command(
                InsertLinesSql,
                lines.Select(each => each.OrderId).ToArray(),
                lines.Select(each => each.Line.Key.VendorItemId).ToArray(),
                lines.Select(each => each.Line.Key.FulfillmentCenterId).ToArray(),
                lines.Select(each => each.Line.Quantity).ToArray(),
                lines.Select(each => each.Line.StockCount).ToArray(),
                lines.Select(each => each.Line.Version).ToArray(),
                lines.Select(each => each.Line.RequestedQuantity).ToArray(),
                lines.Select(each => each.Line.ExpectedVersion).ToArray()));
        }
    }

    private static void AddChanges(NpgsqlBatch batch, StoredOrder[] orders)
    {
        if (orders.Length == 0)
        {
            return;
        }

        batch.BatchCommands.Add(SqlBatch.Command(
            UpdateSql,
            orders.Select(order => order.OrderId).ToArray(),
            orders.Select(order => OrderStateText.Of(order.State)).ToArray(),
            orders.Select(order => order.ConfirmedAt).ToArray(),
            orders.Select(order => order.ClosedAt).ToArray()));

        var lines = orders
            .SelectMany(order => order.Lines, (order, line) => (order.OrderId, Line: line, line.Changed))
            .Where(each => each.Changed is not null)
            .ToArray();
        if (lines.Length > 0)
        {
            batch.BatchCommands.Add(SqlBatch.Command(
                UpdateLinesSql,
                lines.Select(each => each.OrderId).ToArray(),
                lines.Select(each => each.Line.Key.VendorItemId).ToArray(),
                lines.Select(each => each.Line.Key.FulfillmentCenterId).ToArray(),
                lines.Select(each => each.Line.CancelledQuantity).ToArray(),
                lines.Select(each => each.Changed!.Value.StockCount).ToArray(),
                lines.Select(each => each.Changed!.Value.Version).ToArray(),
                lines.Select(each => each.Changed!.Value.UpdatedAt).ToArray()));
        }
    }
}
