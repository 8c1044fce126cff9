namespace Inventory.Cassandra.Connections;

/// <summary>What is under way on one stream id.</summary>
internal struct StreamSlot
{
    /// <summary>Null when the stream is free, or when the request timed out and its answer has not come yet.</summary>
    public Operation? Operation;

    public int Generation;

    public StreamSlotStatus Status;

    /// <summary>A second attempt was made elsewhere, so that it is made once.</summary>
    public bool Speculated;

    public long SentAt;

    public long Deadline;
}
