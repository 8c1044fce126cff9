namespace Inventory.Relay.Projection;

/// <summary>A batch that Cassandra has not acknowledged as a whole.</summary>
/// <param name="next">The offset behind its last message.</param>
/// <param name="takenAt">When its first message came, UTC.</param>
internal sealed class OpenBatch(long next, DateTimeOffset takenAt)
{
    public long Next { get; } = next;

    public DateTimeOffset TakenAt { get; } = takenAt;

    public bool IsDone { get; set; }
}
