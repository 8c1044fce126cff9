namespace Inventory.Cassandra.Connections;

/// <remarks>Constants instead of an enum: <see cref="Interlocked"/> exchanges integers.</remarks>
internal static class StreamSlotStatus
{
    public const int Free = 0;

    public const int UnderWay = 1;

    /// <summary>The caller was told that it took too long. The id can't be used until the server has answered.</summary>
    public const int Expired = 2;
}
