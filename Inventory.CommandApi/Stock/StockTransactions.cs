using Inventory.Postgres.Failures;
using Npgsql;

namespace Inventory.CommandApi.Stock;

/// <summary>
/// Runs a command in a transaction, and again when Postgres went away or broke a deadlock. That is safe even when a
/// commit's answer was lost: the command begins by looking for the answer that was stored under its id.
/// </summary>
internal sealed class StockTransactions(PostgresSessions sessions)
{
    /// <param name="attempt">One attempt in an open transaction, which it commits itself if anything is to be kept.</param>
    /// <param name="cancellationToken">Ends the attempt; what was not committed by then is rolled back.</param>
    public Task<T> RunAsync<T>(
        Func<NpgsqlConnection, NpgsqlTransaction, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        sessions.RunAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                return await attempt(connection, transaction, token);
            },
            cancellationToken);
}
