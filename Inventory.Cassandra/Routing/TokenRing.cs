namespace Inventory.Cassandra.Routing;

/// <summary>Which nodes of the local data centre hold a token. Built once per topology, read by every request.</summary>
internal sealed class TokenRing<TNode>
    where TNode : class
{
    private readonly long[] _tokens;
    private readonly TNode[][] _replicas;

    private TokenRing(long[] tokens, TNode[][] replicas)
    {
        _tokens = tokens;
        _replicas = replicas;
    }

    public int TokenCount => _tokens.Length;

    /// <summary>The replicas of a token; none when the ring is not known.</summary>
    public ReadOnlySpan<TNode> ReplicasOf(long token)
    {
        var tokens = _tokens;
        if (tokens.Length == 0)
        {
            return [];
        }

        // A node owns what lies behind the token before its own, up to and including its own.
        var low = 0;
        var high = tokens.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (tokens[middle] < token)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _replicas[low == tokens.Length ? 0 : low];
    }

    public static TokenRing<TNode> Build(Topology topology, string datacenter, Func<NodeInfo, TNode> nodeOf)
    {
        var ring = topology.HasMurmur3Tokens && topology.Replication is not null
            ? topology.Nodes
                .SelectMany(static node => node.Tokens.Select(token => (Token: token, Node: node)))
                .OrderBy(static owner => owner.Token)
                .ToArray()
            : [];
        var placement = new ReplicaPlacement([.. ring.Select(static owner => owner.Node)], datacenter, topology.Replication);
        return new TokenRing<TNode>(
            [.. ring.Select(static owner => owner.Token)],
            [.. Enumerable.Range(0, ring.Length).Select(index => placement.At(index).Select(nodeOf).ToArray())]);
    }
}
