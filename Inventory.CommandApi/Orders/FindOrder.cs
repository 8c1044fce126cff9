using Inventory.Contracts;
using Npgsql;

namespace Inventory.CommandApi.Orders;

/// <summary>Tells what became of an order.</summary>
internal sealed class FindOrder(NpgsqlDataSource dataSource)
{
    public async Task<IResult> ExecuteAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await OrderReading.FindAsync(connection, orderId, cancellationToken) is { IsOrder: true } order
            ? Results.Json(OrderAnswers.Present(order), ApiJson.Default.OrderAnswer)
            : OrderProblems.NotFound(orderId);
    }
}
