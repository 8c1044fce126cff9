using System.Security.Cryptography;
using System.Text.Json;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Npgsql;

namespace Inventory.Tools.Bench.Orders;

/// <summary>
/// What most shops do: one transaction per order that locks each row with <c>SELECT ... FOR UPDATE</c>, looks, and writes
/// the same durable rows as ours: stock, order with the hash of the request, lines with what they left (of which the answer
/// to a repetition is made), ledger and outbox. The peer of every figure about orders; kept here so that it can always be
/// measured.
/// </summary>
internal sealed class NaiveOrder(NpgsqlDataSource dataSource)
{
    private const string LockSql = """
        SELECT stock_count, version, clock_timestamp() FROM stock
        WHERE vendor_item_id = $1 AND fulfillment_center_id = $2
        FOR UPDATE
        """;

    private const string TakeSql = """
        UPDATE stock SET stock_count = $3, version = $4, updated_at = $5
        WHERE vendor_item_id = $1 AND fulfillment_center_id = $2
        """;

    private const string OrderSql = """
        INSERT INTO orders (order_id, request_hash, status, placed_at) VALUES ($1, $2, 'placed', now())
        """;

    private const string LineSql = """
        INSERT INTO order_lines (order_id, vendor_item_id, fulfillment_center_id, quantity, stock_count, version)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string LedgerSql = """
        INSERT INTO stock_ledger (vendor_item_id, fulfillment_center_id, stock_count, version, changed_at, cause_type, cause_id,
                                  quantity)
        VALUES ($1, $2, $3, $4, $5, 'order-placed', $6, $7)
        """;

    private const string OutboxSql = """
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
        VALUES ($1, $2, $3, $4, $5, 'order-placed', $6)
        """;

    /// <returns>Whether there was enough of everything.</returns>
    public async Task<bool> PlaceAsync(PlaceOrderRequest order, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        var orderId = order.OrderId!.Value;
        batch.BatchCommands.Add(Command(OrderSql, orderId, HashOf(order)));
        foreach (var line in order.Lines.OrderBy(line => line.ToKey()))
        {
            var (count, version, now) = await LockAsync(connection, line, cancellationToken);
            if (count < line.Quantity)
            {
                return false;
            }

            var left = count - line.Quantity;
            var next = Math.Max(version + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            batch.BatchCommands.Add(Command(TakeSql, line.VendorItemId, line.FulfillmentCenterId, left, next, now));
            batch.BatchCommands.Add(Command(
                LineSql, orderId, line.VendorItemId, line.FulfillmentCenterId, line.Quantity, left, next));
            batch.BatchCommands.Add(Command(
                LedgerSql, line.VendorItemId, line.FulfillmentCenterId, left, next, now, orderId, -line.Quantity));
            batch.BatchCommands.Add(Command(
                OutboxSql, line.VendorItemId, line.FulfillmentCenterId, left, next, now, orderId));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<(int Count, long Version, DateTimeOffset Now)> LockAsync(
        NpgsqlConnection connection, QuantityLine line, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockSql, connection)
        {
            Parameters = { new() { Value = line.VendorItemId }, new() { Value = line.FulfillmentCenterId } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt32(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2))
            : default;
    }

    private static byte[] HashOf(PlaceOrderRequest order) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order, ApiJson.Default.PlaceOrderRequest))[..16];

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
