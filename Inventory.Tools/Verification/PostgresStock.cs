using Inventory.Contracts.Stocks;
using Inventory.Tools.Display;
using Npgsql;

namespace Inventory.Tools.Verification;

/// <summary>Reads the truth.</summary>
internal sealed class PostgresStock(NpgsqlDataSource dataSource)
{
    private const string CountSql = "SELECT count(*) FROM stock";

    private const string OutboxSql = "SELECT count(*) FROM outbox";

    private const string ReadAllSql = """
        SELECT vendor_item_id, fulfillment_center_id, stock_count, version, updated_at
        FROM stock
        ORDER BY vendor_item_id, fulfillment_center_id
        """;

    private const string ReadSql = """
        SELECT stock_count, version, updated_at
        FROM stock
        WHERE vendor_item_id = $1 AND fulfillment_center_id = $2
        """;

    public Task<long> CountAsync(CancellationToken cancellationToken) => ScalarAsync(CountSql, cancellationToken);

    /// <summary>How many changes Kafka does not have yet.</summary>
    public Task<long> CountOutboxAsync(CancellationToken cancellationToken) => ScalarAsync(OutboxSql, cancellationToken);

    public async Task<StockSnapshot> ReadAllAsync(ProgressCounter progress, CancellationToken cancellationToken)
    {
        var snapshot = new StockSnapshot((int)Math.Min(progress.Total, Array.MaxLength));
        await using var command = dataSource.CreateCommand(ReadAllSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            snapshot.Add(
                new StockKey(reader.GetInt64(0), reader.GetInt32(1)),
                new StockLevel(reader.GetInt32(2), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4)));
            progress.Add();
        }

        return snapshot;
    }

    /// <returns>Null if there is no row.</returns>
    public async Task<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key.VendorItemId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = key.FulfillmentCenterId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StockLevel(reader.GetInt32(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2))
            : null;
    }

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
