using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Stock;
using Npgsql;
using NpgsqlTypes;

namespace Inventory.CommandApi.Orders;

/// <summary>The SQL of <c>cancellations</c>.</summary>
internal static class CancellationRows
{
    private const string FindSql = """
        SELECT cancellation_id, request_hash, answer_status, answer FROM cancellations WHERE cancellation_id = ANY ($1)
        """;

    private const string InsertSql = """
        INSERT INTO cancellations (cancellation_id, order_id, request_hash, answer_status, answer, cancelled_at)
        SELECT decided.*, $6
        FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::smallint[], $5::json[]) AS decided
        ON CONFLICT DO NOTHING
        """;

    public static NpgsqlBatchCommand Find(Guid[] cancellationIds) => SqlBatch.Command(FindSql, cancellationIds);

    /// <summary>Adds the statement that claims new ids, like those of orders.</summary>
    /// <returns>How many rows it must write.</returns>
    public static int AddClaims(NpgsqlBatch batch, GroupWork work)
    {
        var cancellations = work.NewCancellations.ToArray();
        if (cancellations.Length > 0)
        {
            var command = SqlBatch.Command(
                InsertSql,
                cancellations.Select(each => each.CancellationId).ToArray(),
                cancellations.Select(each => each.OrderId).ToArray(),
                cancellations.Select(each => each.Answer.RequestHash).ToArray(),
                cancellations.Select(each => (short)each.Answer.Status).ToArray(),
                cancellations.Select(each => each.Answer.Json).ToArray(),
                work.Now);
            command.Parameters[4].NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json;
            batch.BatchCommands.Add(command);
        }

        return cancellations.Length;
    }
}
