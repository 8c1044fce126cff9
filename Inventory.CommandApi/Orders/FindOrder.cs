using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Npgsql;

namespace Inventory.CommandApi.Orders;

/// <summary>Tells what became of an order.</summary>
internal sealed class FindOrder(NpgsqlDataSource dataSource)
{
    public async Task<IResult> ExecuteAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await OrderRows.FindAsync(connection, orderId, cancellationToken) switch
        {
            null => OrderProblems.NotFound(orderId),
            { Cancellation: { } cancellation } => Results.Text(cancellation, "application/json"),
            { Status: OrderStatus.Rejected } rejected => Results.Json(
                new OrderAnswer(orderId, OrderStatus.Rejected, rejected.PlacedAt, CancelledAt: null, Lines: []),
                ApiJson.Default.OrderAnswer),
            var placed => Results.Text(placed.FirstAnswer.Json, "application/json"),
        };
    }
}
