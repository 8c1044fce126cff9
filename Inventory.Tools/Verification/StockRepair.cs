using Inventory.Cassandra;
using Npgsql;

namespace Inventory.Tools.Verification;

/// <summary>
/// Makes Cassandra agree with Postgres about a key:
/// 1. write what Postgres has, with its version, as the relay would have;
/// 2. if something without a version was written over it, give the row a newer version in Postgres, with its event.
/// A row that Postgres lacks stays: which of the two is wrong a person must find out, and nothing here deletes.
/// </summary>
internal sealed class StockRepair(
    NpgsqlDataSource dataSource, PostgresStock postgres, IStockWriter cassandra, SuspectCheck check)
{
    // In one statement, hence one transaction. The id of the event is drawn while the row is locked, as for an order.
    private const string RaiseSql = """
        WITH raised AS (
            UPDATE stock
            SET version = greatest(version, $3, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) + 1,
                updated_at = clock_timestamp()
            WHERE vendor_item_id = $1 AND fulfillment_center_id = $2
            RETURNING vendor_item_id, fulfillment_center_id, stock_count, version, updated_at)
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
        SELECT vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, 'repaired', $4
        FROM raised
        """;

    /// <returns>Whether both agree now.</returns>
    public async Task<bool> RunAsync(StockDifference difference, CancellationToken cancellationToken)
    {
        // 1.
        if (await TryWriteAsync(difference, cancellationToken))
        {
            return true;
        }

        // 2.
        if (difference.Postgres is null)
        {
            return false;
        }

        await using var command = dataSource.CreateCommand(RaiseSql);
        command.Parameters.Add(new() { Value = difference.Key.VendorItemId });
        command.Parameters.Add(new() { Value = difference.Key.FulfillmentCenterId });
        command.Parameters.Add(new() { Value = difference.Cassandra?.Version ?? 0 });
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await TryWriteAsync(difference, cancellationToken);
    }

    private async Task<bool> TryWriteAsync(StockDifference difference, CancellationToken cancellationToken)
    {
        if (await postgres.ReadAsync(difference.Key, cancellationToken) is not { } truth)
        {
            return false;
        }

        await cassandra.WriteAsync(difference.Key, truth, cancellationToken);
        var now = await check.CompareAsync(difference.Table, difference.Key, cancellationToken);

        // Behind by then is an order that went on meanwhile, whose event is on its way.
        return now.IsNone || (now.Cassandra is { } copy && copy.Version >= truth.Version && now.MayPass);
    }
}
