using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Idempotency;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Orders;

/// <summary>Gives stock of an order back, each piece once: some pieces of some lines, or all that is left.</summary>
/// <param name="cancellationId">The client's, or one made for this request: after a lost commit it tells what became of it.</param>
/// <param name="orderId">The order.</param>
/// <param name="keys">All keys of the order.</param>
/// <param name="lines">How many of which; null for all that is left.</param>
internal sealed class CancelOrder(
    Guid cancellationId, Guid orderId, IReadOnlyList<StockKey> keys, IReadOnlyList<QuantityLine>? lines)
    : StockCommand(keys)
{
    private readonly byte[] _hash = RequestHash.OfCancellation(orderId, lines);

    public override Guid? OrderId => orderId;

    public override bool ChangesOrder => true;

    public override Guid? CancellationId => cancellationId;

    public override IResult Decide(GroupWork work)
    {
        if (work.FindCancellation(cancellationId) is { } earlier)
        {
            return RequestHash.AreEqual(earlier.RequestHash, _hash)
                ? earlier.ToResult(location: null)
                : IdempotencyProblems.Conflict("cancellationId", cancellationId);
        }

        return work.FindOrder(orderId) switch
        {
            null or { IsOrder: false } => OrderProblems.NotFound(orderId),
            { State: OrderState.Rejected } => OrderProblems.WasRejected(orderId),
            { State: OrderState.Cancelled } cancelled => OrderProblems.AlreadyCancelled(orderId, cancelled.ClosedAt!.Value),
            var placed => Cancel(work, placed),
        };
    }

    private IResult Cancel(GroupWork work, StoredOrder order)
    {
        var quantities = lines?.ToDictionary(line => line.ToKey(), line => line.Quantity)
            ?? order.Lines.ToDictionary(line => line.Key, line => line.Remaining);
        if (OrderProblems.Exceeding(order, quantities) is { } exceeding)
        {
            return exceeding;
        }

        var (changed, problem) = GivingBack.Apply(
            work, order, quantities, new(StockChangeCauses.OrderCancelled, orderId), TraceParent);
        if (problem is not null)
        {
            return problem;
        }

        if (changed!.Lines.All(line => line.Remaining == 0))
        {
            changed = changed with { State = OrderState.Cancelled, ClosedAt = work.Now };
        }

        work.Update(changed);
        var answer = StoredAnswer.Of(
            _hash, StatusCodes.Status200OK, OrderAnswers.Present(changed), ApiJson.Default.OrderAnswer);
        work.Add(new NewCancellation(cancellationId, orderId, answer));
        return answer.ToResult(location: null);
    }
}
