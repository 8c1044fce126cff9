using System.Globalization;
using Inventory.Contracts.Problems;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Reservations;

internal static class ReservationProblems
{
    public static ProblemHttpResult InvalidId(string text) =>
        Problem.Create(
            StatusCodes.Status400BadRequest,
            ProblemCodes.InvalidId,
            "Invalid id",
            $"The reservation id must be a UUID; '{text}' is none.");

    public static ProblemHttpResult NotFound(Guid reservationId) =>
        Problem.Create(
            StatusCodes.Status404NotFound,
            ProblemCodes.ReservationNotFound,
            "Unknown reservation",
            $"There is no reservation {reservationId}.");

    public static ProblemHttpResult WasRejected(Guid reservationId) =>
        Conflict(
            ProblemCodes.ReservationWasRejected,
            "The reservation was rejected",
            $"Reservation {reservationId} was rejected and holds no stock.");

    public static ProblemHttpResult WasConfirmed(Guid reservationId) =>
        Conflict(
            ProblemCodes.ReservationWasConfirmed,
            "The reservation was confirmed",
            $"Reservation {reservationId} is an order now; cancel the order {reservationId} to give its stock back.");

    public static ProblemHttpResult WasReleased(Guid reservationId, DateTimeOffset releasedAt) =>
        Conflict(
            ProblemCodes.ReservationWasReleased,
            "The reservation was released",
            $"Reservation {reservationId} was given up and holds no stock any more; reserve again under a new id.",
            KeyValuePair.Create<string, object?>("releasedAt", Text(releasedAt)));

    public static ProblemHttpResult HasExpired(Guid reservationId, DateTimeOffset expiredAt) =>
        Conflict(
            ProblemCodes.ReservationExpired,
            "The reservation has expired",
            $"The time of reservation {reservationId} ran out and its stock was given back; reserve again under a new id.",
            KeyValuePair.Create<string, object?>("expiresAt", Text(expiredAt)));

    private static ProblemHttpResult Conflict(
        string code, string title, string detail, params ReadOnlySpan<KeyValuePair<string, object?>> members) =>
        Problem.Create(StatusCodes.Status409Conflict, code, title, detail, members);

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
