using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Orders;
using Inventory.CommandApi.Stock;
using Inventory.Postgres.Failures;
using Npgsql;

namespace Inventory.CommandApi.Reservations;

/// <summary>
/// Expires due reservations, a batch in a transaction. Several instances share the work: each takes reservations that no
/// other has locked, and locks their keys in the order in which everybody does. A batch begins behind the last one of its
/// pass, whatever became of that one: what stays held is in nobody's way.
/// </summary>
internal sealed class ReservationSweep(StockTransactions transactions)
{
    public const int BatchSize = 256;

    private const string DueSql = """
        SELECT order_id, reserved_until FROM orders
        WHERE status = 'held' AND reserved_until <= clock_timestamp() AND reserved_until >= $2
          AND (reserved_until, order_id) > ($2, $3)
        ORDER BY reserved_until, order_id
        LIMIT $1
        FOR UPDATE SKIP LOCKED
        """;

    /// <exception cref="NpgsqlException">Postgres is away; nothing was expired.</exception>
    public async Task<SweepResult> RunAsync(SweepPosition after, CancellationToken cancellationToken)
    {
        List<SweepPosition> due = [];
        try
        {
            return await transactions.RunAsync(
                async (connection, transaction, token) =>
                {
                    due = await FindDueAsync(connection, after, BatchSize, token);
                    return await ExpireAsync(connection, transaction, due, after, token);
                },
                cancellationToken);
        }
        catch (Exception exception) when (due.Count > 0 && PostgresFailure.RemedyOf(exception) is PostgresRemedy.None
            && !cancellationToken.IsCancellationRequested)
        {
            return await ExpireOneByOneAsync(due, cancellationToken);
        }
    }

    // One of them is to blame: apart, it fails alone.
    private async Task<SweepResult> ExpireOneByOneAsync(List<SweepPosition> due, CancellationToken cancellationToken)
    {
        var expired = 0;
        Exception? failure = null;
        foreach (var each in due)
        {
            try
            {
                expired += (await transactions.RunAsync(
                    (connection, transaction, token) => ExpireAsync(connection, transaction, [each], each, token),
                    cancellationToken)).Expired;
            }
            catch (Exception exception) when (PostgresFailure.RemedyOf(exception) is PostgresRemedy.None
                && !cancellationToken.IsCancellationRequested)
            {
                failure = exception;
            }
        }

        return new SweepResult(due.Count, expired, due[^1], failure);
    }

    private static async Task<SweepResult> ExpireAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        List<SweepPosition> due,
        SweepPosition after,
        CancellationToken cancellationToken)
    {
        if (due.Count == 0)
        {
            return new SweepResult(0, 0, after);
        }

        var keys = await OrderReading.KeysAsync(connection, [.. due.Select(each => each.OrderId)], cancellationToken);
        var answers = await CommandGroup.CommitAsync(
            connection,
            transaction,
            [.. due.Select(each => new ExpireReservation(each.OrderId, keys.GetValueOrDefault(each.OrderId) ?? []))],
            cancellationToken);
        return new SweepResult(
            due.Count, answers.Count(answer => answer is Microsoft.AspNetCore.Http.HttpResults.NoContent), due[^1]);
    }

    private static async Task<List<SweepPosition>> FindDueAsync(
        NpgsqlConnection connection, SweepPosition after, int limit, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { SqlBatch.Command(DueSql, limit, after.ReservedUntil, after.OrderId) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var due = new List<SweepPosition>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new SweepPosition(reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(0)));
        }

        return due;
    }
}
