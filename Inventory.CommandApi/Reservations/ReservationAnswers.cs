using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Orders;
using Inventory.Contracts;
using Inventory.Contracts.Reservations;

namespace Inventory.CommandApi.Reservations;

/// <summary>Makes the answers about reservations of what is stored, the same each time.</summary>
internal static class ReservationAnswers
{
    /// <summary>To <c>POST /reservations</c>, whatever has become of the reservation since.</summary>
    public static IResult ToReserving(StoredOrder reservation) => reservation.State == OrderState.Rejected
        ? OrderAnswers.Rejection(reservation)
        : new JsonAnswer<ReservationAnswer>(
            StatusCodes.Status201Created,
            new ReservationAnswer(
                reservation.OrderId,
                ReservationStatus.Held,
                reservation.DecidedAt,
                reservation.ReservedUntil!.Value,
                ReleasedAt: null,
                [.. reservation.Lines.Select(line => line.AtFirst(reservation.DecidedAt))]),
            ApiJson.Default.ReservationAnswer,
            $"reservations/{reservation.OrderId}");

    /// <summary>The reservation as it is now, or as it was when it was confirmed: from then on it is an order.</summary>
    public static IResult ToReading(StoredOrder reservation) => Results.Json(
        new ReservationAnswer(
            reservation.OrderId,
            StatusOf(reservation),
            reservation.DecidedAt,
            reservation.ReservedUntil!.Value,
            reservation.ConfirmedAt is null ? reservation.ClosedAt : null,
            reservation.State == OrderState.Rejected
                ? []
                : [.. reservation.Lines.Select(line => reservation.ConfirmedAt is null
                    ? line.AtPresent(reservation.DecidedAt)
                    : line.AtFirst(reservation.DecidedAt))]),
        ApiJson.Default.ReservationAnswer);

    private static ReservationStatus StatusOf(StoredOrder reservation) => reservation.State switch
    {
        OrderState.Held => ReservationStatus.Held,
        OrderState.Released => ReservationStatus.Released,
        OrderState.Expired => ReservationStatus.Expired,
        OrderState.Rejected => ReservationStatus.Rejected,
        _ => ReservationStatus.Confirmed,
    };
}
