using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Reservations;

/// <summary>
/// Makes a reservation the order of the same id, once: a repetition gets the same order. The stock was taken when it was
/// reserved, so no count changes.
/// </summary>
internal sealed class ConfirmReservation(Guid reservationId, IReadOnlyList<StockKey> keys) : StockCommand(keys)
{
    public override Guid? OrderId => reservationId;

    public override bool ChangesOrder => true;

    public override IResult Decide(GroupWork work) => work.FindOrder(reservationId) switch
    {
        null or { IsReservation: false } => ReservationProblems.NotFound(reservationId),
        { ConfirmedAt: not null } confirmed => OrderAnswers.ToConfirming(confirmed),
        { State: OrderState.Rejected } => ReservationProblems.WasRejected(reservationId),
        { State: OrderState.Released } released => ReservationProblems.WasReleased(reservationId, released.ClosedAt!.Value),
        // The sweeper gives its stock back, if it has not yet.
        { } due when due.State == OrderState.Expired || due.ReservedUntil <= work.Now =>
            ReservationProblems.HasExpired(reservationId, due.ReservedUntil!.Value),
        var held => Confirm(work, held),
    };

    private static IResult Confirm(GroupWork work, StoredOrder held)
    {
        var order = held with { State = OrderState.Placed, ConfirmedAt = work.Now };
        work.Update(order);
        return OrderAnswers.ToConfirming(order);
    }
}
