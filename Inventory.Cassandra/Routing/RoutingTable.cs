using Inventory.Cassandra.Connections;

namespace Inventory.Cassandra.Routing;

/// <summary>Where a request may go: replaced as a whole when the topology changes, read without a lock.</summary>
internal sealed class RoutingTable(string datacenter, NodeConnections[] nodes, TokenRing<NodeConnections> ring)
{
    [ThreadStatic]
    private static uint _turn;

    public string Datacenter { get; } = datacenter;

    /// <summary>All of the local data centre.</summary>
    public ReadOnlySpan<NodeConnections> Nodes => nodes;

    public NodeConnections[] Snapshot() => nodes;

    /// <summary>A connection to the least loaded replica, or to any node if no replica can be reached.</summary>
    public CqlConnection? Pick(long token) =>
        LeastLoaded(ring.ReplicasOf(token), null) ?? LeastLoaded(nodes, null);

    /// <summary>For a second attempt: another node, or at least another connection.</summary>
    public CqlConnection? PickOther(long token, CqlConnection failed) =>
        PickOtherNode(token, failed) ?? OtherConnection(failed);

    public CqlConnection? PickOtherNode(long token, CqlConnection avoided) =>
        LeastLoaded(ring.ReplicasOf(token), avoided) ?? LeastLoaded(nodes, avoided);

    private static CqlConnection? LeastLoaded(ReadOnlySpan<NodeConnections> candidates, CqlConnection? avoided)
    {
        CqlConnection? best = null;
        var bestLoad = int.MaxValue;
        // Equals take turns: otherwise an idle cluster's reads would all go to the first replica.
        var turn = _turn++;
        for (var index = 0; index < candidates.Length; index++)
        {
            var node = candidates[(int)((turn + (uint)index) % (uint)candidates.Length)];
            if (avoided is not null && node.EndPoint.Equals(avoided.EndPoint))
            {
                continue;
            }

            if (Fill(node.Open) is { } connection && connection.Load is var load && load < bestLoad)
            {
                best = connection;
                bestLoad = load;
            }
        }

        return best;
    }

    /// <summary>
    /// The one whose answers the callers continue after, else the first that is not filled, else the least loaded: frames that
    /// share a connection share its system calls, on both sides. With 32 reads under way and two connections a read so costs
    /// 5.8 us of CPU and not 9.9.
    /// </summary>
    private static CqlConnection? Fill(ReadOnlySpan<CqlConnection> connections)
    {
        if (FlushScope.Answered is { KeepsCallers: true } answered && Holds(connections, answered))
        {
            return answered;
        }

        CqlConnection? best = null;
        foreach (var connection in connections)
        {
            if (!connection.IsOpen)
            {
                continue;
            }

            if (!connection.IsFilled)
            {
                return connection;
            }

            if (best is null || connection.Load < best.Load)
            {
                best = connection;
            }
        }

        return best;
    }

    /// <summary>Contains would ask a comparer, for each of them through an interface.</summary>
    private static bool Holds(ReadOnlySpan<CqlConnection> connections, CqlConnection wanted)
    {
        foreach (var connection in connections)
        {
            if (connection == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private CqlConnection? OtherConnection(CqlConnection failed)
    {
        foreach (var node in Nodes)
        {
            foreach (var connection in node.Open)
            {
                if (connection != failed && connection.IsOpen)
                {
                    return connection;
                }
            }
        }

        return null;
    }
}
