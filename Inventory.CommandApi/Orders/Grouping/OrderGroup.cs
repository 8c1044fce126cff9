using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Events;
using Npgsql;

namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>
/// Commits a group of orders in one transaction:
/// 1. lock the rows of all their keys, in order, each once;
/// 2. leave out ids that were decided before;
/// 3. decide the others in the order of their arrival, each all lines or none;
/// 4. write stock, outbox, orders and lines of all of them at once; commit.
/// Nothing here relies on being alone: other instances may be at the same keys and the same ids.
/// </summary>
internal sealed class OrderGroup(StockTransactions transactions)
{
    /// <returns>The answer to each id, new or old.</returns>
    /// <exception cref="IdTakenException">Another transaction claimed one of the ids meanwhile; nothing was written.</exception>
    public Task<Dictionary<Guid, StoredAnswer>> CommitAsync(
        IReadOnlyList<PendingOrder> orders, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            (connection, transaction, token) => TryCommitAsync(connection, transaction, orders, token), cancellationToken);

    private static async Task<Dictionary<Guid, StoredAnswer>> TryCommitAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<PendingOrder> orders,
        CancellationToken cancellationToken)
    {
        // 1. Whoever repeats one of these orders at the same time waits here, unless all of its keys are unknown.
        var keys = orders.SelectMany(order => order.Lines.Keys).Distinct().Order().ToArray();
        var stock = await StockLock.LockAsync(connection, keys, cancellationToken);

        // 2. After the lock, so that a repetition that waited sees what it waited for.
        var answers = await OrderRows.FindAnswersAsync(
            connection, orders.Select(order => order.OrderId).Distinct(), cancellationToken);
        var fresh = orders.Where(order => !answers.ContainsKey(order.OrderId)).DistinctBy(order => order.OrderId).ToArray();
        if (fresh.Length == 0)
        {
            return answers;
        }

        // 3.
        var decided = GroupDecision.Of(fresh, stock);

        // 4. The insert of the orders comes first: it alone tells whether this transaction owns their ids.
        await using var batch = new NpgsqlBatch(connection);
        var claim = OrderRows.Insert(decided, stock.Now);
        batch.BatchCommands.Add(claim);
        var placed = decided.Where(order => order.Changes.Count > 0).ToArray();
        if (placed.Length > 0)
        {
            batch.BatchCommands.Add(OrderRows.InsertLines(placed));
            StockWrites.Add(batch, [.. placed.SelectMany(Record)], stock.Now);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (claim.RecordsAffected != decided.Count)
        {
            throw new IdTakenException();
        }

        await transaction.CommitAsync(cancellationToken);
        foreach (var order in decided)
        {
            answers.Add(order.Order.OrderId, order.Answer);
        }

        return answers;
    }

    private static IEnumerable<RecordedChange> Record(DecidedOrder order) =>
        order.Changes.Select(change => new RecordedChange(
            change, new(StockChangeCauses.OrderPlaced, order.Order.OrderId), order.Order.TraceParent));
}
