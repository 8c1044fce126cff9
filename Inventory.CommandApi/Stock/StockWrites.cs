using System.Diagnostics;
using Inventory.Contracts.Events;
using Npgsql;

namespace Inventory.CommandApi.Stock;

/// <summary>
/// Writes changes of locked rows together with their outbox rows: there is no way here to do the one without the other.
/// </summary>
internal static class StockWrites
{
    private const string UpdateSql = """
        UPDATE stock
        SET stock_count = changed.stock_count, version = changed.version, updated_at = $5
        FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[])
          AS changed (vendor_item_id, fulfillment_center_id, stock_count, version)
        WHERE stock.vendor_item_id = changed.vendor_item_id
          AND stock.fulfillment_center_id = changed.fulfillment_center_id
        """;

    // Ids are drawn in the order of the arrays, so a key's changes keep theirs.
    private const string OutboxSql = """
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, cause_type, cause_id, trace_parent,
                            updated_at)
        SELECT changed.*, $8
        FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[], $5::text[], $6::uuid[], $7::text[]) AS changed
        """;

    /// <summary>Adds the statements that write the changes of one request.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<StockChange> changes, DateTimeOffset now, StockChangeCause cause)
    {
        var traceParent = Activity.Current?.Id;
        Add(batch, [.. changes.Select(change => new RecordedChange(change, cause, traceParent))], now);
    }

    /// <summary>Adds the statements that write changes; of several changes of a key the last one is what is in stock.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<RecordedChange> recorded, DateTimeOffset now)
    {
        var changes = recorded.Select(each => each.Change).ToArray();
        var last = changes.GroupBy(change => change.Key).Select(key => key.Last()).ToArray();

        batch.BatchCommands.Add(WithChanges(UpdateSql, last, new NpgsqlParameter { Value = now }));
        batch.BatchCommands.Add(WithChanges(
            OutboxSql,
            changes,
            new NpgsqlParameter { Value = recorded.Select(each => each.Cause.Type).ToArray() },
            new NpgsqlParameter { Value = recorded.Select(each => each.Cause.Id).ToArray() },
            new NpgsqlParameter { Value = recorded.Select(each => each.TraceParent).ToArray() },
            new NpgsqlParameter { Value = now }));
    }

    private static NpgsqlBatchCommand WithChanges(
        string sql, StockChange[] changes, params ReadOnlySpan<NpgsqlParameter> others)
    {
        var command = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new() { Value = changes.Select(change => change.Key.VendorItemId).ToArray() },
                new() { Value = changes.Select(change => change.Key.FulfillmentCenterId).ToArray() },
                new() { Value = changes.Select(change => change.Level.StockCount).ToArray() },
                new() { Value = changes.Select(change => change.Level.Version).ToArray() },
            },
        };
        foreach (var parameter in others)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
