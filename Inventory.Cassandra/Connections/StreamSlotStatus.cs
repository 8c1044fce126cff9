namespace Inventory.Cassandra.Connections;

internal enum StreamSlotStatus : byte
{
    Free,
    UnderWay,

    /// <summary>The caller was told that it took too long. The id can't be used until the server has answered.</summary>
    Expired,
}
