namespace Inventory.Cassandra.Routing;

/// <summary>Walks the ring as Cassandra's replication strategies do.</summary>
/// <param name="ring">The owners of the tokens, in the order of the tokens.</param>
/// <param name="datacenter">The one whose replicas are of interest.</param>
/// <param name="replication">Of the keyspace.</param>
internal sealed class ReplicaPlacement(NodeInfo[] ring, string datacenter, Replication? replication)
{
    private readonly NodeInfo[] _local = [.. ring.Where(node => node.Datacenter == datacenter).Distinct()];
    private readonly int _factor = replication?.FactorFor(datacenter) ?? 0;

    /// <summary>The replicas in the data centre of what the token at that place of the ring ends.</summary>
    public IEnumerable<NodeInfo> At(int start) =>
        replication is { IsPerDatacenter: true } ? AcrossRacks(start) : OneAfterTheOther(start);

    /// <summary>NetworkTopologyStrategy: a second replica in the same rack only when every rack has one.</summary>
    private List<NodeInfo> AcrossRacks(int start)
    {
        var wanted = Math.Min(_factor, _local.Length);
        var racks = _local.Select(static node => node.Rack).Distinct(StringComparer.Ordinal).Count();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<NodeInfo> replicas = [];
        List<NodeInfo> skipped = [];
        for (var step = 0; step < ring.Length && replicas.Count < wanted; step++)
        {
            var node = ring[(start + step) % ring.Length];
            if (node.Datacenter != datacenter || replicas.Contains(node) || skipped.Contains(node))
            {
                continue;
            }

            if (seen.Count < racks && !seen.Add(node.Rack))
            {
                skipped.Add(node);
                continue;
            }

            replicas.Add(node);
            if (seen.Count == racks)
            {
                replicas.AddRange(skipped.Take(wanted - replicas.Count));
                skipped.Clear();
            }
        }

        return replicas;
    }

    /// <summary>SimpleStrategy: the next nodes of the ring, wherever they are.</summary>
    private IEnumerable<NodeInfo> OneAfterTheOther(int start) => Enumerable.Range(0, ring.Length)
        .Select(step => ring[(start + step) % ring.Length])
        .Distinct()
        .Take(_factor)
        .Where(node => node.Datacenter == datacenter);
}
