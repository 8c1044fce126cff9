using Inventory.CommandApi.Idempotency;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Orders;

/// <summary>An order as it is stored.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="PlacedAt">When it was decided, UTC.</param>
/// <param name="FirstAnswer">What the client was answered first.</param>
/// <param name="Cancellation">The answer to its cancellation, JSON, if it was cancelled.</param>
/// <param name="CancelledAt">When it was cancelled, UTC, if it was.</param>
internal sealed record OrderRow(
    OrderStatus Status, DateTimeOffset PlacedAt, StoredAnswer FirstAnswer, string? Cancellation, DateTimeOffset? CancelledAt);
