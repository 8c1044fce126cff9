using Inventory.Contracts.Orders;

namespace Inventory.Contracts.Reservations;

/// <summary>The body of <c>POST /reservations</c>.</summary>
/// <param name="Lines">1 to <see cref="PlaceOrderRequest.MaximumLines"/> lines, each of another stock key.</param>
/// <param name="ExpiresIn">For how many seconds the stock is held, <see cref="MinimumSeconds"/> to <see cref="MaximumSeconds"/>.</param>
/// <param name="AllowPartial">Whether fewer pieces than asked for will do, as long as there is one.</param>
/// <param name="ReservationId">
/// Chosen by the client, and the id of the order that it becomes; a repeated request with it gets the first answer. Left
/// out, the header Idempotency-Key stands for it.
/// </param>
public sealed record ReserveRequest(
    IReadOnlyList<QuantityLine> Lines, int ExpiresIn, bool AllowPartial = false, Guid? ReservationId = null)
{
    public const int MinimumSeconds = 1;

    public const int MaximumSeconds = 4 * 60 * 60;
}
