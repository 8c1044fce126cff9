using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Orders;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Reservations;

/// <summary>Gives the stock of a reservation back whose time ran out.</summary>
internal sealed class ExpireReservation(Guid reservationId, IReadOnlyList<StockKey> keys) : StockCommand(keys)
{
    public override Guid? OrderId => reservationId;

    public override bool ChangesOrder => true;

    public override IResult Decide(GroupWork work) =>
        work.FindOrder(reservationId) is { State: OrderState.Held } held && held.ReservedUntil <= work.Now
        && Holding.End(work, held, OrderState.Expired, StockChangeCauses.ReservationExpired, TraceParent).Reservation is not null
            ? Results.NoContent()
            : Results.Conflict();
}
