using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Orders;
using Inventory.CommandApi.Stock;
using Npgsql;

namespace Inventory.CommandApi.Reservations;

/// <summary>
/// Expires due reservations, a batch in a transaction. Several instances share the work: each takes reservations that no
/// other has locked, and locks their keys in the order in which everybody does.
/// </summary>
internal sealed class ReservationSweep(StockTransactions transactions)
{
    public const int BatchSize = 256;

    private const string DueSql = """
        SELECT order_id FROM orders
        WHERE status = 'held' AND reserved_until <= clock_timestamp()
        ORDER BY reserved_until
        LIMIT $1
        FOR UPDATE SKIP LOCKED
        """;

    /// <returns>How many were due, and how many of them expired; one whose key is full stays held until there is room.</returns>
    public Task<(int Due, int Expired)> RunAsync(CancellationToken cancellationToken) =>
        transactions.RunAsync(ExpireAsync, cancellationToken);

    private static async Task<(int Due, int Expired)> ExpireAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var due = await FindDueAsync(connection, cancellationToken);
        if (due.Length == 0)
        {
            return (0, 0);
        }

        var keys = await OrderReading.KeysAsync(connection, due, cancellationToken);
        var answers = await CommandGroup.CommitAsync(
            connection, transaction, [.. due.Select(id => new ExpireReservation(id, keys[id]))], cancellationToken);
        return (due.Length, answers.Count(answer => answer is Microsoft.AspNetCore.Http.HttpResults.NoContent));
    }

    private static async Task<Guid[]> FindDueAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { SqlBatch.Command(DueSql, BatchSize) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var due = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(reader.GetGuid(0));
        }

        return [.. due];
    }
}
