using System.Runtime.CompilerServices;
using Inventory.Contracts.Events;
using Inventory.Relay.Publishing.Leases;
using Npgsql;

namespace Inventory.Relay.Publishing;

/// <summary>The SQL of <c>outbox</c>.</summary>
internal sealed class OutboxRows(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        id, vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id, trace_parent
        """;

    // Each partition's oldest by its index, however many wait. By partition and not by "id > last": ids are drawn before
    // they are committed, and a late one must not be skipped.
    private const string ReadSql = $"""
        SELECT oldest.*
        FROM unnest($1::smallint[]) AS held (partition),
             LATERAL (SELECT {Columns} FROM outbox WHERE partition = held.partition ORDER BY id LIMIT $2) AS oldest
        ORDER BY oldest.id
        """;

    private const string ReadAllSql = $"SELECT {Columns}, xmin FROM outbox ORDER BY partition, id";

    // A row goes only while the lease under which it was sent still stands.
    private const string DeleteSql = """
        DELETE FROM outbox
        USING unnest($1::bigint[], $2::bigint[], $3::integer[]) AS sent (id, vendor_item_id, fulfillment_center_id),
              unnest($4::smallint[], $5::bigint[]) AS lease (partition, token),
              outbox_leases
        WHERE outbox.partition = outbox_partition(sent.vendor_item_id, sent.fulfillment_center_id)
          AND outbox.id = sent.id
          AND lease.partition = outbox.partition
          AND outbox_leases.partition = lease.partition
          AND outbox_leases.token = lease.token
        """;

    private const string AreHeldSql = """
        SELECT count(*) = cardinality($1::smallint[]) AND cardinality($1::smallint[]) > 0
        FROM unnest($1::smallint[], $2::bigint[]) AS lease (partition, token)
        JOIN outbox_leases USING (partition, token)
        """;

    private const string SnapshotSql = "SELECT pg_current_snapshot()::text";

    /// <summary>Reads the oldest rows of the partitions, at most <paramref name="limit"/> of each.</summary>
    public async Task<IReadOnlyList<OutboxRow>> ReadAsync(
        IReadOnlyList<OutboxLease> leases, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Partition).ToArray() });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Read(reader));
        }

        return rows;
    }

    /// <summary>
    /// Every row that the transaction of the connection sees, those of a key in the order of their commit. The snapshot of a
    /// new slot is made of the log: it sees more than statements do.
    /// </summary>
    public static async IAsyncEnumerable<OutboxRow> ReadAllAsync(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ReadAllSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return Read(reader) with { Transaction = reader.GetFieldValue<uint>(9) };
        }
    }

    /// <returns>
    /// How many rows went; fewer than were given when a lease was lost, when some had been sent once more, or cannot be seen yet.
    /// </returns>
    public async Task<int> DeleteAsync(
        IReadOnlyList<OutboxRow> rows, IReadOnlyList<OutboxLease> leases, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DeleteSql);
        command.Parameters.Add(new() { Value = rows.Select(row => row.Id).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Change.VendorItemId).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Change.FulfillmentCenterId).ToArray() });
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Partition).ToArray() });
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Token).ToArray() });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether nobody else has had any of the leases since; tokens only grow.</summary>
    public async Task<bool> AreHeldAsync(IReadOnlyList<OutboxLease> leases, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AreHeldSql);
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Partition).ToArray() });
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Token).ToArray() });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>What every statement from now on can see.</summary>
    public async Task<TransactionSnapshot> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SnapshotSql);
        return TransactionSnapshot.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    private static OutboxRow Read(NpgsqlDataReader reader)
    {
        var updatedAt = reader.GetFieldValue<DateTimeOffset>(5);
        return new OutboxRow(
            reader.GetInt64(0),
            new StockChanged(
                reader.GetInt64(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt64(4),
                updatedAt,
                new StockChangeCause(reader.GetString(6), reader.GetGuid(7))),
            reader.IsDBNull(8) ? null : reader.GetString(8),
            updatedAt);
    }
}
