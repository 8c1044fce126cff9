namespace Inventory.Servers.Cassandra;

/// <summary>How many replicas must answer, by the numbers of the native protocol.</summary>
internal enum CqlConsistency : byte
{
    One = 1,
    Quorum = 4,
    All = 5,
}
