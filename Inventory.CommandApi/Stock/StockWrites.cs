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

    private const string OutboxSql = """
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at,
                            cause_type, cause_id, trace_parent)
        SELECT changed.*, $5, $6, $7, $8
        FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[]) AS changed
        """;

    /// <summary>Adds the statements that write the changes.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<StockChange> changes, DateTimeOffset now, StockChangeCause cause)
    {
        var items = changes.Select(change => change.Key.VendorItemId).ToArray();
        var centers = changes.Select(change => change.Key.FulfillmentCenterId).ToArray();
        var counts = changes.Select(change => change.Level.StockCount).ToArray();
        var versions = changes.Select(change => change.Level.Version).ToArray();

        batch.BatchCommands.Add(new NpgsqlBatchCommand(UpdateSql)
        {
            Parameters =
            {
                new() { Value = items }, new() { Value = centers }, new() { Value = counts }, new() { Value = versions },
                new() { Value = now },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(OutboxSql)
        {
            Parameters =
            {
                new() { Value = items }, new() { Value = centers }, new() { Value = counts }, new() { Value = versions },
                new() { Value = now }, new() { Value = cause.Type }, new() { Value = cause.Id },
                new() { Value = (object?)Activity.Current?.Id ?? DBNull.Value },
            },
        });
    }
}
