using System.Net;
using Inventory.Cassandra;
using Inventory.Cassandra.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Cassandra.Routing;

/// <summary>Which data centre is ours if the connection string does not say.</summary>
public sealed class LocalDatacenterTests
{
    private static readonly NodeInfo First = new(new IPEndPoint(IPAddress.Loopback, 1), "dc1", "rack1", null, [0]);
    private static readonly NodeInfo Second = new(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 1), "dc2", "rack1", null, [10]);

    [Fact]
    public async Task Bug_It_stays_when_the_control_connection_comes_to_a_node_of_another_one()
    {
        await using var cluster = NewCluster();
        cluster.Apply(TopologyFrom(First, First, Second));

        cluster.Apply(TopologyFrom(Second, First, Second));

        Assert.Equal("dc1", cluster.Routing?.Datacenter);
    }

    [Fact]
    public async Task When_it_has_no_node_left_that_of_the_node_we_came_to_takes_its_place()
    {
        await using var cluster = NewCluster();
        cluster.Apply(TopologyFrom(First, First, Second));

        cluster.Apply(TopologyFrom(Second, Second));

        Assert.Equal("dc2", cluster.Routing?.Datacenter);
    }

    private static Cluster NewCluster() => new(
        CassandraConnectionString.Parse("Contact Points=127.0.0.1;Port=1"),
        new CassandraOptions(),
        [],
        TimeProvider.System,
        NullLogger.Instance);

    private static Topology TopologyFrom(NodeInfo local, params NodeInfo[] nodes) =>
        new(local, nodes, null, HasMurmur3Tokens: true);
}
