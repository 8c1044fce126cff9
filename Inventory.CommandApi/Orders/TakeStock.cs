using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Reservations;
using Inventory.Contracts.Events;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Orders;

/// <summary>Takes the stock of an order, or holds that of a reservation: all of its lines or none, unless it may be partial.</summary>
/// <param name="id">Of the order or reservation.</param>
/// <param name="lines">What it asks for.</param>
/// <param name="hold">For how long a reservation holds it; null for an order.</param>
/// <param name="allowPartial">Whether a reservation takes what there is.</param>
internal sealed class TakeStock(Guid id, SortedLines lines, TimeSpan? hold = null, bool allowPartial = false)
    : StockCommand(lines.Keys)
{
    private readonly byte[] _hash = RequestHash.Of(lines, hold, allowPartial);

    public override Guid? OrderId => id;

    public override IResult Decide(GroupWork work)
    {
        if (work.FindOrder(id) is { } earlier)
        {
            return earlier.WasAskedOtherwise(_hash) ? Conflict() : AnswerTo(earlier);
        }

        var found = lines.Select(line => Find(line, work)).ToArray();
        var isRejected = OrderRejection.Of(found) is not null;
        var order = new StoredOrder(
            id,
            _hash,
            isRejected ? OrderState.Rejected : hold is null ? OrderState.Placed : OrderState.Held,
            work.Now,
            work.Now + hold,
            ConfirmedAt: null,
            ClosedAt: null,
            isRejected ? found : [.. found.Select(line => Take(line, work))]);
        work.Add(order);
        return AnswerTo(order);
    }

    private StoredLine Find(Contracts.Orders.QuantityLine line, GroupWork work)
    {
        var level = work.Stock.Find(line.ToKey());
        return new StoredLine(
            line.ToKey(),
            line.Quantity,
            allowPartial ? line.Quantity : null,
            line.ExpectedVersion,
            level?.StockCount,
            level?.Version);
    }

    private StoredLine Take(StoredLine line, GroupWork work)
    {
        var quantity = Math.Min(line.Quantity, line.StockCount!.Value);
        if (quantity == 0)
        {
            return line with { Quantity = 0 };
        }

        var cause = hold is null ? StockChangeCauses.OrderPlaced : StockChangeCauses.ReservationHeld;
        var level = work.Change(line.Key, -quantity, new(cause, id), TraceParent);
        return line with { Quantity = quantity, StockCount = level.StockCount, Version = level.Version };
    }

    private IResult AnswerTo(StoredOrder order) =>
        hold is null ? OrderAnswers.ToPlacing(order) : ReservationAnswers.ToReserving(order);

    private ProblemHttpResult Conflict() => IdempotencyProblems.Conflict(hold is null ? "orderId" : "reservationId", id);
}
