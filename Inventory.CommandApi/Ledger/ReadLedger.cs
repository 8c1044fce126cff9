using Inventory.Contracts.Events;
using Inventory.Contracts.Ledger;
using Inventory.Contracts.Stocks;
using Inventory.Postgres.Failures;
using Npgsql;

namespace Inventory.CommandApi.Ledger;

/// <summary>Reads the changes of one key, the newest first.</summary>
internal sealed class ReadLedger(PostgresSessions sessions)
{
    private const string PageSql = """
        SELECT version, quantity, stock_count, changed_at, cause_type, cause_id
        FROM stock_ledger
        WHERE vendor_item_id = $1 AND fulfillment_center_id = $2 AND version < $3
        ORDER BY version DESC
        LIMIT $4
        """;

    private const string ExistsSql = """
        SELECT EXISTS (SELECT FROM stock WHERE vendor_item_id = $1 AND fulfillment_center_id = $2)
        """;

    /// <param name="key">Whose changes.</param>
    /// <param name="before">Only versions below this one.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One more than asked for if there are more; null if the key is unknown.</returns>
    public Task<List<LedgerEntry>?> PageAsync(
        StockKey key, long before, int limit, CancellationToken cancellationToken) =>
        sessions.RunAsync((connection, token) => PageAsync(connection, key, before, limit, token), cancellationToken);

    private static async Task<List<LedgerEntry>?> PageAsync(
        NpgsqlConnection connection, StockKey key, long before, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PageSql, connection);
        Bind(command, key.VendorItemId, key.FulfillmentCenterId, before, limit + 1);
        var entries = new List<LedgerEntry>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                entries.Add(new LedgerEntry(
                    reader.GetInt64(0),
                    reader.GetInt32(1),
                    reader.GetInt32(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    new StockChangeCause(reader.GetString(4), reader.GetGuid(5))));
            }
        }

        return entries.Count > 0 || await ExistsAsync(connection, key, cancellationToken) ? entries : null;
    }

    // A key of long ago may have no entries left.
    private static async Task<bool> ExistsAsync(
        NpgsqlConnection connection, StockKey key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ExistsSql, connection);
        Bind(command, key.VendorItemId, key.FulfillmentCenterId);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static void Bind(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
    }
}
