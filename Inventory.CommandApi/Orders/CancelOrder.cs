using System.Text.Json;
using Inventory.CommandApi.Stock;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Orders;
using Npgsql;

namespace Inventory.CommandApi.Orders;

/// <summary>Gives the stock of an order back, once.</summary>
internal sealed class CancelOrder(StockTransactions transactions)
{
    public Task<IResult> ExecuteAsync(Guid orderId, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            (connection, transaction, token) => TryCancelAsync(connection, transaction, orderId, token),
            cancellationToken);

    private static async Task<IResult> TryCancelAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid orderId, CancellationToken cancellationToken)
    {
        switch (await OrderRows.FindAndLockAsync(connection, orderId, cancellationToken))
        {
            case null:
                return OrderProblems.NotFound(orderId);
            case { Status: OrderStatus.Rejected }:
                return OrderProblems.WasRejected(orderId);
            case { Status: OrderStatus.Cancelled } cancelled:
                return OrderProblems.AlreadyCancelled(orderId, cancelled.CancelledAt!.Value);
            case var placed:
                return await GiveBackAsync(connection, transaction, orderId, placed, cancellationToken);
        }
    }

    private static async Task<IResult> GiveBackAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid orderId,
        OrderRow order,
        CancellationToken cancellationToken)
    {
        var lines = await OrderRows.ReadLinesAsync(connection, orderId, cancellationToken);
        var stock = await StockLock.LockAsync(connection, lines.Keys, cancellationToken);
        var addition = StockAddition.Of(lines, stock);
        if (addition.Rejection is { } rejection)
        {
            return rejection;
        }

        var answer = new OrderAnswer(
            orderId, OrderStatus.Cancelled, order.PlacedAt, stock.Now, [.. addition.Changes.Select(change => change.ToLine())]);
        var json = JsonSerializer.Serialize(answer, ApiJson.Default.OrderAnswer);

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(OrderRows.Cancel(orderId, stock.Now, json));
        StockWrites.Add(batch, addition.Changes, stock.Now, new(StockChangeCauses.OrderCancelled, orderId));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Results.Text(json, "application/json");
    }
}
