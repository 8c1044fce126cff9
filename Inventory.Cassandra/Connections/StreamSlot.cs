namespace Inventory.Cassandra.Connections;

/// <summary>What is under way on one stream id.</summary>
internal struct StreamSlot
{
    public Operation Operation;

    public int Generation;

    /// <summary>A <see cref="StreamSlotStatus"/>, as the integer that can be exchanged.</summary>
    public int Status;

    /// <summary>A second attempt was made elsewhere, so that it is made once.</summary>
    public bool Speculated;

    public long SentAt;

    public long Deadline;
}
