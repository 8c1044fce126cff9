using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Orders.Grouping;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Orders;

/// <summary>Takes the stock of an order, together with the orders that want the same stock at the same time.</summary>
internal sealed class PlaceOrder(OrderLanes lanes)
{
    public async Task<IResult> ExecuteAsync(PlaceOrderRequest request, CancellationToken cancellationToken)
    {
        var lines = new SortedLines(request.Lines);
        var hash = RequestHash.Of(lines);
        var answer = await lanes.PlaceAsync(request.OrderId, lines, hash, cancellationToken);
        return answer.RequestHash.AsSpan().SequenceEqual(hash)
            ? answer.ToResult(location: $"orders/{request.OrderId}")
            : IdempotencyProblems.Conflict("orderId", request.OrderId);
    }
}
