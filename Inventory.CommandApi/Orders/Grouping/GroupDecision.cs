using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Stock;
using Inventory.Contracts;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>Decides the orders of a group one after the other, each against what those before it left.</summary>
internal static class GroupDecision
{
    /// <param name="orders">New orders, each id once, in the order of their arrival.</param>
    /// <param name="stock">The locked rows of all their keys; afterwards as the orders leave them.</param>
    public static IReadOnlyList<DecidedOrder> Of(IEnumerable<PendingOrder> orders, LockedStock stock) =>
        [.. orders.Select(order => Decide(order, stock))];

    private static DecidedOrder Decide(PendingOrder order, LockedStock stock)
    {
        var decision = OrderDecision.Of(order.Lines, stock);
        if (decision.Rejection is { } rejection)
        {
            return new DecidedOrder(order, [], StoredAnswer.Rejected(order.RequestHash, rejection));
        }

        foreach (var change in decision.Changes)
        {
            stock.Apply(change);
        }

        var answer = new OrderAnswer(
            order.OrderId,
            OrderStatus.Placed,
            stock.Now,
            CancelledAt: null,
            [.. decision.Changes.Select(change => change.ToLine())]);
        return new DecidedOrder(
            order, decision.Changes, StoredAnswer.Accepted(order.RequestHash, answer, ApiJson.Default.OrderAnswer));
    }
}
