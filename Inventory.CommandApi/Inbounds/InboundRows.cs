using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Npgsql;
using NpgsqlTypes;

namespace Inventory.CommandApi.Inbounds;

/// <summary>The SQL of <c>inbounds</c> and <c>inbound_lines</c>.</summary>
internal static class InboundRows
{
    private const string FindSql = "SELECT request_hash, answer_status, answer FROM inbounds WHERE inbound_id = $1";

    private const string InsertSql = """
        INSERT INTO inbounds (inbound_id, request_hash, received_at, answer_status, answer)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING
        """;

    private const string InsertLinesSql = """
        INSERT INTO inbound_lines (inbound_id, vendor_item_id, fulfillment_center_id, quantity)
        SELECT $1, lines.* FROM unnest($2::bigint[], $3::integer[], $4::integer[]) AS lines
        """;

    public static async Task<StoredAnswer?> FindAsync(
        NpgsqlConnection connection, Guid inboundId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FindSql, connection) { Parameters = { new() { Value = inboundId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredAnswer(reader.GetFieldValue<byte[]>(0), reader.GetInt16(1), reader.GetString(2))
            : null;
    }

    /// <summary>The statement that claims the id, like that of an order.</summary>
    public static NpgsqlBatchCommand Insert(Guid inboundId, DateTimeOffset receivedAt, StoredAnswer answer) =>
        new(InsertSql)
        {
            Parameters =
            {
                new() { Value = inboundId },
                new() { Value = answer.RequestHash },
                new() { Value = receivedAt },
                new() { Value = (short)answer.Status },
                new() { Value = answer.Json, NpgsqlDbType = NpgsqlDbType.Json },
            },
        };

    public static NpgsqlBatchCommand InsertLines(Guid inboundId, SortedLines lines) =>
        new(InsertLinesSql)
        {
            Parameters =
            {
                new() { Value = inboundId },
                new() { Value = lines.Select(line => line.VendorItemId).ToArray() },
                new() { Value = lines.Select(line => line.FulfillmentCenterId).ToArray() },
                new() { Value = lines.Select(line => line.Quantity).ToArray() },
            },
        };
}
