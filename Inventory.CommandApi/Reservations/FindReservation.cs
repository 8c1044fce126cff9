using Inventory.CommandApi.Orders;
using Npgsql;

namespace Inventory.CommandApi.Reservations;

/// <summary>Tells what became of a reservation.</summary>
internal sealed class FindReservation(NpgsqlDataSource dataSource)
{
    public async Task<IResult> ExecuteAsync(Guid reservationId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await OrderReading.FindAsync(connection, reservationId, cancellationToken) is { IsReservation: true } found
            ? ReservationAnswers.ToReading(found)
            : ReservationProblems.NotFound(reservationId);
    }
}
