using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Stock;
using Npgsql;
using NpgsqlTypes;

namespace Inventory.CommandApi.Inbounds;

/// <summary>The SQL of <c>inbounds</c> and <c>inbound_lines</c>.</summary>
internal static class InboundRows
{
    private const string FindSql = """
        SELECT inbound_id, request_hash, answer_status, answer FROM inbounds WHERE inbound_id = ANY ($1)
        """;

    private const string InsertSql = """
        INSERT INTO inbounds (inbound_id, request_hash, reason, answer_status, answer, received_at)
        SELECT decided.*, $6
        FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::smallint[], $5::json[]) AS decided
        ON CONFLICT DO NOTHING
        """;

    private const string InsertLinesSql = """
        INSERT INTO inbound_lines (inbound_id, vendor_item_id, fulfillment_center_id, quantity)
        SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::integer[])
        """;

    public static NpgsqlBatchCommand Find(Guid[] inboundIds) => SqlBatch.Command(FindSql, inboundIds);

    /// <summary>Adds the statement that claims new ids, like those of orders.</summary>
    /// <returns>How many rows it must write.</returns>
    public static int AddClaims(NpgsqlBatch batch, GroupWork work)
    {
        var inbounds = work.NewInbounds.ToArray();
        if (inbounds.Length > 0)
        {
            var command = SqlBatch.Command(
                InsertSql,
                inbounds.Select(inbound => inbound.InboundId).ToArray(),
                inbounds.Select(inbound => inbound.Answer.RequestHash).ToArray(),
                inbounds.Select(inbound => inbound.Reason).ToArray(),
                inbounds.Select(inbound => (short)inbound.Answer.Status).ToArray(),
                inbounds.Select(inbound => inbound.Answer.Json).ToArray(),
                work.Now);
            command.Parameters[4].NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json;
            batch.BatchCommands.Add(command);
        }

        return inbounds.Length;
    }

    public static void AddRows(NpgsqlBatch batch, GroupWork work)
    {
        var lines = work.NewInbounds
            .SelectMany(inbound => inbound.Lines, (inbound, line) => (inbound.InboundId, Line: line))
            .ToArray();
        if (lines.Length > 0)
        {
            batch.BatchCommands.Add(SqlBatch.Command(
                InsertLinesSql,
                lines.Select(each => each.InboundId).ToArray(),
                lines.Select(each => each.Line.Key.VendorItemId).ToArray(),
                lines.Select(each => each.Line.Key.FulfillmentCenterId).ToArray(),
                lines.Select(each => each.Line.Change).ToArray()));
        }
    }
}
