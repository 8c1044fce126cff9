using Inventory.CommandApi.Orders;
using Inventory.Postgres.Failures;

namespace Inventory.CommandApi.Reservations;

/// <summary>Tells what became of a reservation.</summary>
internal sealed class FindReservation(PostgresSessions sessions)
{
    public async Task<IResult> ExecuteAsync(Guid reservationId, CancellationToken cancellationToken)
    {
        var found = await sessions.RunAsync(
            (connection, token) => OrderReading.FindAsync(connection, reservationId, token), cancellationToken);
        return found is { IsReservation: true }
            ? ReservationAnswers.ToReading(found)
            : ReservationProblems.NotFound(reservationId);
    }
}
