using Inventory.Cassandra.Connections;

namespace Inventory.Cassandra.Routing;

/// <summary>
/// A read that takes longer than nearly all others is asked of another replica as well, and the first answer counts:
/// one slow node (a pause for garbage, a full disk) then costs little more than the wait before the second read.
/// </summary>
internal sealed class SpeculativeReads(Cluster cluster)
{
    /// <summary>Fewer recent reads say nothing about the slowest hundredth.</summary>
    private const long EnoughReads = 1000;

    /// <summary>When everything is slow, a second read each makes it slower: at most one connection's worth of them a tick.</summary>
    private const int MostPerTick = 32;

    private readonly long[] _totals = LatencyHistogram.CreateTotals();
    private readonly List<StreamTicket> _slow = [];
    private readonly long _minDelay =
        (long)(cluster.Options.SpeculativeMinDelay.TotalSeconds * cluster.Time.TimestampFrequency);

    private long _delay;
    private long _recalculateAt;

    private bool IsOff => cluster.Options.SpeculativePercentile >= 1;

    public void Tick(RoutingTable routing, long now)
    {
        if (IsOff || routing.Nodes.Length < 2)
        {
            return;
        }

        if (now >= _recalculateAt)
        {
            _recalculateAt = now + cluster.Time.TimestampFrequency;
            _delay = Math.Max(Percentile(routing), _minDelay);
        }

        foreach (var node in routing.Nodes)
        {
            foreach (var connection in node.Open)
            {
                connection.CollectSlow(now - _delay, MostPerTick, _slow);
                foreach (var (operation, generation) in _slow)
                {
                    if (operation.TrySpeculate(generation, connection, now))
                    {
                        cluster.Metrics.ReadWasSpeculative();
                    }
                }

                _slow.Clear();
            }
        }
    }

    private long Percentile(RoutingTable routing)
    {
        Array.Clear(_totals);
        foreach (var node in routing.Nodes)
        {
            foreach (var connection in node.Open)
            {
                connection.Latencies.AddTo(_totals);
            }
        }

        return LatencyHistogram.Percentile(_totals, cluster.Options.SpeculativePercentile, EnoughReads);
    }
}
