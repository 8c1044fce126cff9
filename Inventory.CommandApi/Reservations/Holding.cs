using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Reservations;

/// <summary>Ends the hold of a reservation.</summary>
internal static class Holding
{
    /// <param name="work">Holds the keys of the reservation.</param>
    /// <param name="reservation">One that is held.</param>
    /// <param name="state"><see cref="OrderState.Released"/> or <see cref="OrderState.Expired"/>.</param>
    /// <param name="cause">One of <see cref="Contracts.Events.StockChangeCauses"/>.</param>
    /// <param name="traceParent">For the outbox.</param>
    /// <returns>The reservation afterwards, or why its stock cannot be given back.</returns>
    public static (StoredOrder? Reservation, ProblemHttpResult? Problem) End(
        GroupWork work, StoredOrder reservation, OrderState state, string cause, string? traceParent)
    {
        var (ended, problem) = GivingBack.Apply(
            work,
            reservation,
            reservation.Lines.ToDictionary(line => line.Key, line => line.Remaining),
            new(cause, reservation.OrderId),
            traceParent);
        if (ended is null)
        {
            return (null, problem);
        }

        ended = ended with { State = state, ClosedAt = work.Now };
        work.Update(ended);
        return (ended, null);
    }
}
