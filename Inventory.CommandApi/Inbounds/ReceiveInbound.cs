using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Stock;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Inbounds;
using Npgsql;

namespace Inventory.CommandApi.Inbounds;

/// <summary>Adds what was delivered, and creates keys that were not known. The steps are those of an order.</summary>
internal sealed class ReceiveInbound(StockTransactions transactions)
{
    public async Task<IResult> ExecuteAsync(ReceiveInboundRequest request, CancellationToken cancellationToken)
    {
        var lines = new SortedLines(request.Lines);
        var hash = RequestHash.Of(lines);

        var answer = await transactions.RunAsync(
            (connection, transaction, token) => TryReceiveAsync(connection, transaction, request.InboundId, lines, hash, token),
            cancellationToken);

        return answer.RequestHash.AsSpan().SequenceEqual(hash)
            ? answer.ToResult(location: null)
            : IdempotencyProblems.Conflict("inboundId", request.InboundId);
    }

    private static async Task<StoredAnswer> TryReceiveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid inboundId,
        SortedLines lines,
        byte[] hash,
        CancellationToken cancellationToken)
    {
        // 1. Lock; the first receipt of a key makes its row, which a concurrent one waits for.
        var stock = await StockLock.CreateAndLockAsync(connection, lines.Keys, cancellationToken);

        // 2. Answer a repetition as before. Rows made in vain are rolled back with the transaction.
        if (await InboundRows.FindAsync(connection, inboundId, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        // 3. Decide. A rejection is not kept, unlike that of an order: rows made for unknown keys must go with it.
        var addition = StockAddition.Of(lines, stock);
        if (addition.Rejection is { } rejection)
        {
            return StoredAnswer.Rejected(hash, rejection);
        }

        // 4. Write and commit, unless the id was claimed meanwhile by a receipt of other keys.
        var answer = StoredAnswer.Accepted(
            hash,
            new InboundAnswer(inboundId, stock.Now, [.. addition.Changes.Select(change => change.ToLine())]),
            ApiJson.Default.InboundAnswer);
        await using var batch = new NpgsqlBatch(connection);
        var claim = InboundRows.Insert(inboundId, stock.Now, answer);
        batch.BatchCommands.Add(claim);
        batch.BatchCommands.Add(InboundRows.InsertLines(inboundId, lines));
        StockWrites.Add(batch, addition.Changes, stock.Now, new(StockChangeCauses.InboundReceived, inboundId));

        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (claim.RecordsAffected == 1)
        {
            await transaction.CommitAsync(cancellationToken);
            return answer;
        }

        await transaction.RollbackAsync(cancellationToken);
        return (await InboundRows.FindAsync(connection, inboundId, cancellationToken))!;
    }
}
