using Inventory.CommandApi.Inbounds;
using Inventory.CommandApi.Orders;
using Inventory.CommandApi.Stock;
using Npgsql;

namespace Inventory.CommandApi.Commands;

/// <summary>
/// Commits a group of commands in one transaction:
/// 1. lock the orders that they change, then the rows of all their keys, in order, each once; read what was decided
///    before under their ids;
/// 2. decide them in the order of their arrival;
/// 3. write everything at once; commit.
/// Nothing here relies on being alone: other instances may be at the same keys and the same ids.
/// </summary>
internal sealed class CommandGroup(StockTransactions transactions)
{
    /// <returns>The answer to each command.</returns>
    /// <exception cref="IdTakenException">
    /// Another transaction, or an earlier command of the group, claimed the id of a command meanwhile; nothing was written.
    /// </exception>
    public Task<IResult[]> CommitAsync(IReadOnlyList<StockCommand> commands, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            (connection, transaction, token) => CommitAsync(connection, transaction, commands, token), cancellationToken);

    /// <summary>The same in a transaction that has begun, and which ends here.</summary>
    public static async Task<IResult[]> CommitAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<StockCommand> commands,
        CancellationToken cancellationToken)
    {
        // 1. Whoever repeats one of these commands at the same time waits here, unless all of its keys are unknown.
        var work = await GroupReading.LockAsync(connection, commands, cancellationToken);

        // 2.
        var answers = new IResult[commands.Count];
        for (var index = 0; index < answers.Length; index++)
        {
            answers[index] = commands[index].Decide(work);
        }

        if (work.IsEmpty)
        {
            return answers;
        }

        if (work.HasUnreceivedKeys)
        {
            throw new IdTakenException();
        }

        // 3. The claims of new ids come first: they alone tell whether this transaction owns them.
        await using var batch = new NpgsqlBatch(connection);
        var claimed = OrderWrites.AddClaims(batch, work)
            + InboundRows.AddClaims(batch, work)
            + CancellationRows.AddClaims(batch, work);
        var claims = batch.BatchCommands.Count;
        OrderWrites.AddRows(batch, work);
        InboundRows.AddRows(batch, work);
        StockWrites.Add(batch, work);

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Only who has claimed an id writes rows of it. Where all keys are unknown nothing is locked, and the rows of
            // whoever was faster are met before the claims can be counted.
            throw new IdTakenException(exception);
        }

        if (batch.BatchCommands.OfType<NpgsqlBatchCommand>().Take(claims).Sum(claim => (long)claim.RecordsAffected) != claimed)
        {
            throw new IdTakenException();
        }

        await transaction.CommitAsync(cancellationToken);
        return answers;
    }
}
