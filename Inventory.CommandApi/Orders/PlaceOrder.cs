using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Stock;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Orders;
using Npgsql;

namespace Inventory.CommandApi.Orders;

/// <summary>
/// Takes the stock of an order. In one transaction:
/// 1. lock the rows of its keys, in order;
/// 2. if the id was decided before, answer as then;
/// 3. decide: all lines or none;
/// 4. write stock, outbox, order and lines, or only the rejected order; commit.
/// </summary>
internal sealed class PlaceOrder(StockTransactions transactions)
{
    public async Task<IResult> ExecuteAsync(PlaceOrderRequest request, CancellationToken cancellationToken)
    {
        var lines = new SortedLines(request.Lines);
        var hash = RequestHash.Of(lines);

        var answer = await transactions.RunAsync(
            (connection, transaction, token) => TryPlaceAsync(connection, transaction, request.OrderId, lines, hash, token),
            cancellationToken);

        return answer.RequestHash.AsSpan().SequenceEqual(hash)
            ? answer.ToResult(location: $"/orders/{request.OrderId}")
            : IdempotencyProblems.Conflict("orderId", request.OrderId);
    }

    private static async Task<StoredAnswer> TryPlaceAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid orderId,
        SortedLines lines,
        byte[] hash,
        CancellationToken cancellationToken)
    {
        // 1. Whoever repeats this order at the same time waits here, unless all of its keys are unknown.
        var stock = await StockLock.LockAsync(connection, lines.Keys, cancellationToken);

        // 2. After the lock, so that a repetition that waited sees what it waited for.
        if (await OrderRows.FindAsync(connection, orderId, cancellationToken) is { } earlier)
        {
            return earlier.FirstAnswer;
        }

        // 3.
        var decision = OrderDecision.Of(lines, stock);
        var answer = decision.Rejection is { } rejection
            ? StoredAnswer.Rejected(hash, rejection)
            : StoredAnswer.Accepted(hash, Placed(orderId, stock.Now, decision.Changes), ApiJson.Default.OrderAnswer);

        // 4. The insert of the order comes first: it alone tells whether this transaction owns the id.
        await using var batch = new NpgsqlBatch(connection);
        var claim = OrderRows.Insert(
            orderId, decision.Rejection is null ? OrderStatus.Placed : OrderStatus.Rejected, stock.Now, answer);
        batch.BatchCommands.Add(claim);
        if (decision.Changes.Count > 0)
        {
            batch.BatchCommands.Add(OrderRows.InsertLines(orderId, lines));
            StockWrites.Add(batch, decision.Changes, stock.Now, new(StockChangeCauses.OrderPlaced, orderId));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (claim.RecordsAffected == 1)
        {
            await transaction.CommitAsync(cancellationToken);
            return answer;
        }

        await transaction.RollbackAsync(cancellationToken);
        return (await OrderRows.FindAsync(connection, orderId, cancellationToken))!.FirstAnswer;
    }

    private static OrderAnswer Placed(Guid orderId, DateTimeOffset placedAt, IReadOnlyList<StockChange> changes) =>
        new(orderId, OrderStatus.Placed, placedAt, CancelledAt: null, [.. changes.Select(change => change.ToLine())]);
}
