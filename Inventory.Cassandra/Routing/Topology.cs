namespace Inventory.Cassandra.Routing;

/// <summary>The cluster at one moment.</summary>
/// <param name="Local">The node that was asked.</param>
/// <param name="Nodes">All of them, that one first.</param>
/// <param name="Replication">Of the keyspace; null if it does not exist (yet).</param>
/// <param name="HasMurmur3Tokens">Whether tokens mean what we compute.</param>
internal sealed record Topology(
    NodeInfo Local,
    IReadOnlyList<NodeInfo> Nodes,
    Replication? Replication,
    bool HasMurmur3Tokens);
