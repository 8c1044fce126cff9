namespace Inventory.Contracts.Orders;

/// <summary>The body of <c>POST /orders/{orderId}/cancel</c>, which may be left out to cancel all that is left.</summary>
/// <param name="Lines">How many to give back of which keys of the order; null for all that is left.</param>
/// <param name="CancellationId">
/// Chosen by the client; a repeated request with it gets the first answer. Left out, the header Idempotency-Key stands
/// for it.
/// </param>
public sealed record CancelOrderRequest(IReadOnlyList<QuantityLine>? Lines = null, Guid? CancellationId = null);
