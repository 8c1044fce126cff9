namespace Inventory.Relay.Publishing.Leases;

/// <summary>What this instance held when it last asked.</summary>
/// <param name="Leases">By partition; none if others hold them.</param>
/// <param name="AskedAt">A timestamp from before Postgres was asked, so that the time of the question shortens our view.</param>
internal sealed record HeldLeases(IReadOnlyList<OutboxLease> Leases, long AskedAt)
{
    public static readonly HeldLeases None = new([], 0);
}
