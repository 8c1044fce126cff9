using Inventory.CommandApi.Commands;
using Npgsql;

namespace Inventory.CommandApi.Stock;

/// <summary>
/// Writes changes of locked rows together with their ledger and the outbox: there is no way here to do the one without
/// the others. The ledger gets every change; the row and the outbox, which hold the absolute count, get the last one of
/// each key.
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

    private const string LedgerSql = """
        INSERT INTO stock_ledger (vendor_item_id, fulfillment_center_id, stock_count, version, cause_type, cause_id, quantity,
                                  changed_at)
        SELECT changed.*, $8
        FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[], $5::text[], $6::uuid[], $7::integer[]) AS changed
        """;

    // Ids of a key are drawn while its row is locked, so a key's changes keep their order.
    private const string OutboxSql = """
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, cause_type, cause_id, trace_parent,
                            updated_at)
        SELECT changed.*, $8
        FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[], $5::text[], $6::uuid[], $7::text[]) AS changed
        """;

    /// <summary>Adds the statements that write what a group changed.</summary>
    public static void Add(NpgsqlBatch batch, GroupWork work)
    {
        if (work.Changes.Count == 0)
        {
            return;
        }

        var changes = work.Changes;
        var last = LastOfEachKey(changes);
        batch.BatchCommands.Add(WithLevels(UpdateSql, last, work.Now));
        batch.BatchCommands.Add(WithLevels(
            LedgerSql,
            changes,
            changes.Select(change => change.Cause.Type).ToArray(),
            changes.Select(change => change.Cause.Id).ToArray(),
            changes.Select(change => change.Quantity).ToArray(),
            work.Now));
        batch.BatchCommands.Add(WithLevels(
            OutboxSql,
            last,
            last.Select(change => change.Cause.Type).ToArray(),
            last.Select(change => change.Cause.Id).ToArray(),
            last.Select(change => change.TraceParent).ToArray(),
            work.Now));
    }

    private static StockChange[] LastOfEachKey(IReadOnlyList<StockChange> changes)
    {
        var last = new Dictionary<Contracts.Stocks.StockKey, StockChange>();
        foreach (var change in changes)
        {
            last[change.Key] = change;
        }

        return [.. last.Values];
    }

    private static NpgsqlBatchCommand WithLevels(
        string sql, IReadOnlyList<StockChange> changes, params ReadOnlySpan<object> others) =>
        SqlBatch.Command(sql,
        [
            changes.Select(change => change.Key.VendorItemId).ToArray(),
            changes.Select(change => change.Key.FulfillmentCenterId).ToArray(),
            changes.Select(change => change.Level.StockCount).ToArray(),
            changes.Select(change => change.Level.Version).ToArray(),
            .. others,
        ]);
}
