namespace Inventory.CommandApi.Reservations;

/// <summary>Where a pass over the due reservations has got to; they are in this order.</summary>
internal readonly record struct SweepPosition(DateTimeOffset ReservedUntil, Guid OrderId)
{
    public static SweepPosition Start { get; } = new(DateTimeOffset.MinValue, Guid.Empty);
}
