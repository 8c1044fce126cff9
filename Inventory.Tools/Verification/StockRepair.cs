using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Npgsql;

namespace Inventory.Tools.Verification;

/// <summary>
/// Makes Cassandra agree with Postgres about a key:
/// 1. write what Postgres has, with its version, as the relay would have;
/// 2. if something with a higher timestamp lies over it, give the row a version above that in Postgres, with its event;
/// 3. a deletion does not tell its timestamp, so try higher ones, as far as a version may be ahead.
/// A row that Postgres lacks stays: which of the two is wrong a person must find out, and nothing here deletes.
/// </summary>
internal sealed class StockRepair(
    NpgsqlDataSource dataSource, PostgresStock postgres, IStockWriter cassandra, SuspectCheck check, TimeProvider time)
{
    // A day less than what readers of events believe, for clocks that are not in step with ours.
    private static readonly TimeSpan MaximumLead = VersionBounds.MaximumLead - TimeSpan.FromDays(1);

    private static readonly TimeSpan[] Leads =
        [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(30), MaximumLead];

    // In one statement, hence one transaction. The id of the event is drawn while the row is locked, as for an order.
    private const string RaiseSql = """
        WITH raised AS (
            UPDATE stock
            SET version = greatest(version, $3) + 1, updated_at = clock_timestamp()
            WHERE vendor_item_id = $1 AND fulfillment_center_id = $2 AND version <= $4
            RETURNING vendor_item_id, fulfillment_center_id, stock_count, version, updated_at)
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
        SELECT vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, 'repaired', $5
        FROM raised
        """;

    public async Task<RepairOutcome> RunAsync(StockDifference difference, CancellationToken cancellationToken)
    {
        // 1.
        var (isEqual, now) = await WriteAsync(difference, cancellationToken);
        for (var lead = 0; !isEqual && now.Postgres is not null && lead < Leads.Length; lead++)
        {
            // 2. and 3.
            var present = time.GetUtcNow();
            var highest = VersionBounds.MicrosecondsOf(present + MaximumLead);
            var above = Math.Max(now.HighestKnown, VersionBounds.MicrosecondsOf(present + Leads[lead]));
            if (above > highest)
            {
                return now.HighestKnown > highest ? RepairOutcome.OutOfReach : RepairOutcome.StillHidden;
            }

            await RaiseAsync(difference.Key, above, highest, cancellationToken);
            (isEqual, now) = await WriteAsync(difference, cancellationToken);
        }

        return isEqual ? RepairOutcome.Repaired
            : now.Postgres is null ? RepairOutcome.UnknownToPostgres
            : RepairOutcome.StillHidden;
    }

    private async Task RaiseAsync(StockKey key, long above, long highest, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RaiseSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key.VendorItemId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = key.FulfillmentCenterId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = above });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = highest });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>Whether both agree now, and what they hold.</returns>
    private async Task<(bool IsEqual, StockDifference Now)> WriteAsync(
        StockDifference difference, CancellationToken cancellationToken)
    {
        if (await postgres.ReadAsync(difference.Key, cancellationToken) is not { } truth)
        {
            return (false, difference with { Postgres = null });
        }

        await cassandra.WriteAsync(difference.Key, truth, cancellationToken);
        var now = await check.CompareAsync(difference.Table, difference.Key, cancellationToken);

        // Behind by then is an order that went on meanwhile, whose event is on its way.
        return (now.IsNone || (now.MayPass && now.Cassandra?.Level is { } copy && copy.Version >= truth.Version), now);
    }
}
