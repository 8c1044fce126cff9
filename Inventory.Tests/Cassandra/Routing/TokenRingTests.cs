using System.Globalization;
using System.Net;
using Inventory.Cassandra.Routing;

namespace Inventory.Tests.Cassandra.Routing;

public sealed class TokenRingTests
{
    private static readonly NodeInfo[] Nodes =
    [
        Node(1, "dc1", "rack1", 0),
        Node(2, "dc1", "rack1", 10),
        Node(3, "dc1", "rack2", 20),
        Node(4, "dc2", "rack1", 30),
    ];

    [Theory]
    [InlineData(-5, "1 3")]
    [InlineData(0, "1 3")]
    [InlineData(1, "2 3")]
    [InlineData(10, "2 3")]
    [InlineData(15, "3 1")]
    [InlineData(25, "1 3")]
    [InlineData(31, "1 3")]
    [InlineData(long.MaxValue, "1 3")]
    public void Network_topology_spreads_over_racks_and_wraps_around(long token, string expected) =>
        Assert.Equal(expected, ReplicasOf(token, "NetworkTopologyStrategy", ("dc1", "2"), ("dc2", "1")));

    [Fact]
    public void More_replicas_than_racks_take_what_was_skipped() =>
        Assert.Equal("1 3 2", ReplicasOf(0, "NetworkTopologyStrategy", ("dc1", "3")));

    [Fact]
    public void More_replicas_than_nodes_are_all_nodes() =>
        Assert.Equal("1 3 2", ReplicasOf(0, "NetworkTopologyStrategy", ("dc1", "5")));

    [Fact]
    public void A_transient_replica_is_none() =>
        Assert.Equal("1 3", ReplicasOf(0, "NetworkTopologyStrategy", ("dc1", "2/1")));

    [Theory]
    [InlineData(0, "1 2 3")]
    [InlineData(10, "2 3")]
    [InlineData(25, "1 2")]
    public void The_simple_strategy_takes_the_next_nodes_and_we_those_of_our_data_centre(long token, string expected) =>
        Assert.Equal(expected, ReplicasOf(token, "org.apache.cassandra.locator.SimpleStrategy", ("replication_factor", "3")));

    [Fact]
    public void Without_a_keyspace_or_with_another_partitioner_nothing_is_known()
    {
        Assert.Equal("", Find(new Topology(Nodes[0], Nodes, null, HasMurmur3Tokens: true), 0));
        var replication = new Replication("SimpleStrategy", new Dictionary<string, string> { ["replication_factor"] = "1" });
        Assert.Equal("", Find(new Topology(Nodes[0], Nodes, replication, HasMurmur3Tokens: false), 0));
    }

    private static string ReplicasOf(long token, string strategy, params (string Name, string Value)[] options) => Find(
        new Topology(
            Nodes[0],
            Nodes,
            new Replication(strategy, options.ToDictionary(static option => option.Name, static option => option.Value)),
            HasMurmur3Tokens: true),
        token);

    private static string Find(Topology topology, long token)
    {
        var ring = TokenRing<string>.Build(
            topology, "dc1", static node => node.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        return string.Join(' ', ring.ReplicasOf(token).ToArray());
    }

    private static NodeInfo Node(int number, string datacenter, string rack, long token) =>
        new(new IPEndPoint(IPAddress.Loopback, number), datacenter, rack, null, [token]);
}
