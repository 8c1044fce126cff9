using Inventory.Contracts.Stocks;
using Npgsql;

namespace Inventory.Relay.Reconciliation;

/// <summary>Reads the truth, <c>stock</c> in Postgres, by key.</summary>
internal sealed class StockTruth(NpgsqlDataSource dataSource)
{
    private const string PageSql = """
        SELECT vendor_item_id, fulfillment_center_id, stock_count, version, updated_at
        FROM stock
        WHERE (vendor_item_id, fulfillment_center_id) > ($1, $2)
        ORDER BY vendor_item_id, fulfillment_center_id
        LIMIT $3
        """;

    private const string ReadSql = """
        SELECT vendor_item_id, fulfillment_center_id, stock_count, version, updated_at
        FROM stock
        WHERE vendor_item_id = $1 AND fulfillment_center_id = $2
        """;

    private const string LastItemSql = "SELECT coalesce(max(vendor_item_id), 0) FROM stock";

    /// <returns>At most so many rows that come after the key, by key.</returns>
    public async Task<List<StockRow>> ReadAfterAsync(StockKey after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PageSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after.VendorItemId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after.FulfillmentCenterId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ReadAsync(command, cancellationToken);
    }

    /// <returns>Null if there is no row.</returns>
    public async Task<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key.VendorItemId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = key.FulfillmentCenterId });
        return await ReadAsync(command, cancellationToken) is [var row] ? row.Level : null;
    }

    /// <returns>The highest item, 0 if there is none.</returns>
    public async Task<long> LastItemAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LastItemSql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<List<StockRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<StockRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new StockRow(
                new StockKey(reader.GetInt64(0), reader.GetInt32(1)),
                new StockLevel(reader.GetInt32(2), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4))));
        }

        return rows;
    }
}
