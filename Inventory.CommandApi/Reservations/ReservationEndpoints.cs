using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Limits;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Orders;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Reservations;
using Inventory.Contracts.Stocks;
using Inventory.Postgres.Failures;
using Inventory.ServiceDefaults.Authentication;
using Inventory.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Reservations;

internal static class ReservationEndpoints
{
    public static void MapReservations(this IEndpointRouteBuilder routes)
    {
        var reservations = routes.MapGroup("/reservations")
            .RequireAuthorization(BearerAuthenticationExtensions.WritePolicy)
            .RequireRateLimiting(ClientRateLimit.Policy)
            .WithTags("Reservations");
        reservations.MapPost("/", ReserveAsync)
            .WithSummary("Holds stock for a time.")
            .Accepts<ReserveRequest>("application/json")
            .Produces<ReservationAnswer>(StatusCodes.Status201Created);
        reservations.MapGet("/{reservationId}", FindAsync)
            .WithSummary("Tells what became of a reservation.")
            .Produces<ReservationAnswer>();
        reservations.MapPost("/{reservationId}/confirm", ConfirmAsync)
            .WithSummary("Makes a reservation the order of the same id.")
            .Produces<OrderAnswer>(StatusCodes.Status201Created);
        reservations.MapDelete("/{reservationId}", ReleaseAsync)
            .WithSummary("Gives a reservation up.")
            .Produces<ReservationAnswer>();
    }

    private static async Task<IResult> ReserveAsync(HttpRequest request, CommandLanes lanes)
    {
        var (reservation, problem) = await JsonBody.ReadAsync(request, ApiJson.Default.ReserveRequest);
        if (reservation is null)
        {
            return problem!;
        }

        var (id, invalid) = CommandId.Of(request, reservation.ReservationId, "reservationId");
        invalid ??= CheckExpiry(reservation.ExpiresIn)
            ?? LineValidation.Check(reservation.Lines, PlaceOrderRequest.MaximumLines, mayExpectVersions: true);
        return invalid is null
            ? await lanes.RunAsync(
                new TakeStock(
                    id,
                    new SortedLines(reservation.Lines),
                    TimeSpan.FromSeconds(reservation.ExpiresIn),
                    reservation.AllowPartial),
                request.HttpContext.RequestAborted)
            : invalid;
    }

    private static async Task<IResult> FindAsync(
        string reservationId, FindReservation findReservation, CancellationToken cancellationToken) =>
        Guid.TryParse(reservationId, out var id)
            ? await findReservation.ExecuteAsync(id, cancellationToken)
            : ReservationProblems.InvalidId(reservationId);

    private static Task<IResult> ConfirmAsync(
        string reservationId, CommandLanes lanes, PostgresSessions sessions, CancellationToken cancellationToken) =>
        RunAsync(reservationId, (id, keys) => new ConfirmReservation(id, keys), lanes, sessions, cancellationToken);

    private static Task<IResult> ReleaseAsync(
        string reservationId, CommandLanes lanes, PostgresSessions sessions, CancellationToken cancellationToken) =>
        RunAsync(reservationId, (id, keys) => new ReleaseReservation(id, keys), lanes, sessions, cancellationToken);

    private static async Task<IResult> RunAsync(
        string reservationId,
        Func<Guid, StockKey[], StockCommand> create,
        CommandLanes lanes,
        PostgresSessions sessions,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(reservationId, out var id))
        {
            return ReservationProblems.InvalidId(reservationId);
        }

        var keys = await OrderKeys.FindAsync(sessions, id, cancellationToken);
        return keys is null
            ? ReservationProblems.NotFound(id)
            : await lanes.RunAsync(create(id, keys), cancellationToken);
    }

    private static ProblemHttpResult? CheckExpiry(int seconds) =>
        seconds is >= ReserveRequest.MinimumSeconds and <= ReserveRequest.MaximumSeconds
            ? null
            : LineValidation.Invalid(
                ProblemCodes.InvalidExpiry,
                "Invalid expiry",
                $"expiresIn must be {ReserveRequest.MinimumSeconds} to {ReserveRequest.MaximumSeconds} seconds; it is {seconds}.");
}
