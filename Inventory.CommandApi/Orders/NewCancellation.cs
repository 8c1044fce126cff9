using Inventory.CommandApi.Idempotency;

namespace Inventory.CommandApi.Orders;

/// <summary>A cancellation that was decided.</summary>
internal sealed record NewCancellation(Guid CancellationId, Guid OrderId, StoredAnswer Answer);
