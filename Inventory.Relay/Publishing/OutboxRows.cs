using Inventory.Contracts.Events;
using Npgsql;

namespace Inventory.Relay.Publishing;

/// <summary>The SQL of <c>outbox</c>.</summary>
internal sealed class OutboxRows(NpgsqlDataSource dataSource)
{
    // By partition and not by "id > last": ids are drawn before they are committed, and a late one must not be skipped.
    private const string ReadSql = """
        SELECT partition, id, vendor_item_id, fulfillment_center_id, stock_count, version, updated_at,
               cause_type, cause_id, trace_parent
        FROM outbox
        WHERE partition = ANY ($1)
        ORDER BY partition, id
        LIMIT $2
        """;

    // A row goes only while the lease under which it was sent still stands.
    private const string DeleteSql = """
        DELETE FROM outbox
        USING unnest($1::smallint[], $2::bigint[]) AS sent (partition, id),
              unnest($3::smallint[], $4::bigint[]) AS lease (partition, token),
              outbox_leases
        WHERE outbox.partition = sent.partition
          AND outbox.id = sent.id
          AND lease.partition = sent.partition
          AND outbox_leases.partition = lease.partition
          AND outbox_leases.token = lease.token
        """;

    /// <summary>Reads the oldest rows of the partitions, at most <paramref name="limit"/>.</summary>
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

    /// <returns>How many rows went; fewer than were given when a lease was lost meanwhile.</returns>
    public async Task<int> DeleteAsync(
        IReadOnlyList<OutboxRow> rows, IReadOnlyList<OutboxLease> leases, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DeleteSql);
        command.Parameters.Add(new() { Value = rows.Select(row => row.Partition).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Id).ToArray() });
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Partition).ToArray() });
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Token).ToArray() });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static OutboxRow Read(NpgsqlDataReader reader) => new(
        reader.GetInt16(0),
        reader.GetInt64(1),
        new StockChanged(
            reader.GetInt64(2),
            reader.GetInt32(3),
            reader.GetInt32(4),
            reader.GetInt64(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            new StockChangeCause(reader.GetString(7), reader.GetGuid(8))),
        reader.IsDBNull(9) ? null : reader.GetString(9));
}
