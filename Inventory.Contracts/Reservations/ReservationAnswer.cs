using Inventory.Contracts.Orders;

namespace Inventory.Contracts.Reservations;

/// <summary>The answer to <c>POST</c>, <c>GET</c> and <c>DELETE</c> of a reservation.</summary>
/// <param name="ReservationId">The id that the client chose.</param>
/// <param name="Status">What became of it.</param>
/// <param name="ReservedAt">When it was decided, UTC.</param>
/// <param name="ExpiresAt">Until when it can be confirmed, UTC.</param>
/// <param name="ReleasedAt">When its stock was given back, UTC, or null.</param>
/// <param name="Lines">Its lines, by stock key, with the stock that the newest change of this reservation left.</param>
public sealed record ReservationAnswer(
    Guid ReservationId,
    ReservationStatus Status,
    DateTimeOffset ReservedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ReleasedAt,
    IReadOnlyList<ChangedLine> Lines);
