using Inventory.Contracts;
using Inventory.Postgres.Failures;

namespace Inventory.CommandApi.Orders;

/// <summary>Tells what became of an order.</summary>
internal sealed class FindOrder(PostgresSessions sessions)
{
    public async Task<IResult> ExecuteAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var found = await sessions.RunAsync(
            (connection, token) => OrderReading.FindAsync(connection, orderId, token), cancellationToken);
        return found is { IsOrder: true } order
            ? Results.Json(OrderAnswers.Present(order), ApiJson.Default.OrderAnswer)
            : OrderProblems.NotFound(orderId);
    }
}
