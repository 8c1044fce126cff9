using Inventory.CommandApi.Idempotency;

namespace Inventory.CommandApi.Orders;

/// <summary>An order or reservation as it is stored: facts, of which every answer about it is made.</summary>
/// <param name="OrderId">The id that the client chose.</param>
/// <param name="RequestHash">Tells the first request from another one under the same id.</param>
/// <param name="State">What became of it.</param>
/// <param name="DecidedAt">When its stock was taken, or it was rejected, UTC.</param>
/// <param name="ReservedUntil">Of a reservation, also of a confirmed one: until when it could be confirmed, UTC.</param>
/// <param name="ConfirmedAt">When a reservation became an order, UTC.</param>
/// <param name="ClosedAt">When the last of its stock was given back, UTC.</param>
/// <param name="Lines">By stock key.</param>
/// <param name="EarlierAnswer">The first answer, if it was given by a build that stored answers.</param>
internal sealed record StoredOrder(
    Guid OrderId,
    byte[] RequestHash,
    OrderState State,
    DateTimeOffset DecidedAt,
    DateTimeOffset? ReservedUntil,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<StoredLine> Lines,
    StoredAnswer? EarlierAnswer = null)
{
    public bool IsReservation => ReservedUntil is not null;

    /// <summary>Whether it is known as an order: a reservation is from its confirmation on.</summary>
    public bool IsOrder => !IsReservation || ConfirmedAt is not null;

    /// <summary>Whether another request than this was first to use the id.</summary>
    public bool WasAskedOtherwise(byte[] requestHash) => !Idempotency.RequestHash.AreEqual(RequestHash, requestHash);
}
