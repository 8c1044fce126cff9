using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>An order with what was decided on it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Changes">What it takes; empty when it was rejected.</param>
/// <param name="Answer">What its client is told.</param>
internal sealed record DecidedOrder(PendingOrder Order, IReadOnlyList<StockChange> Changes, StoredAnswer Answer)
{
    public OrderStatus Status => Changes.Count > 0 ? OrderStatus.Placed : OrderStatus.Rejected;
}
