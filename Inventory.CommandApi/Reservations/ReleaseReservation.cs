using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Orders;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Reservations;

/// <summary>Gives up a reservation. A repetition, or one that comes after the expiry, finds what it wants done already.</summary>
internal sealed class ReleaseReservation(Guid reservationId, IReadOnlyList<StockKey> keys) : StockCommand(keys)
{
    public override Guid? OrderId => reservationId;

    public override bool ChangesOrder => true;

    public override IResult Decide(GroupWork work) => work.FindOrder(reservationId) switch
    {
        null or { IsReservation: false } => ReservationProblems.NotFound(reservationId),
        { ConfirmedAt: not null } => ReservationProblems.WasConfirmed(reservationId),
        { State: OrderState.Rejected } => ReservationProblems.WasRejected(reservationId),
        { State: OrderState.Held } held => Release(work, held),
        var ended => ReservationAnswers.ToReading(ended),
    };

    private IResult Release(GroupWork work, StoredOrder held)
    {
        var (released, problem) = Holding.End(
            work, held, OrderState.Released, StockChangeCauses.ReservationReleased, TraceParent);
        return released is null ? problem! : ReservationAnswers.ToReading(released);
    }
}
