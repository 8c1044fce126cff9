using System.Globalization;
using Inventory.Servers.Cassandra;

namespace Inventory.Tests.Servers;

public sealed class TokenRingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_ring_is_divided_evenly_and_the_nodes_take_turns(int nodes)
    {
        const int tokensPerNode = 16;
        var ring = Enumerable.Range(1, nodes)
            .SelectMany(node => TokenRing.Slice(nodes, node, tokensPerNode)
                .Split(',')
                .Select(token => (Token: long.Parse(token, CultureInfo.InvariantCulture), Node: node)))
            .OrderBy(entry => entry.Token)
            .ToArray();

        Assert.Equal(nodes * tokensPerNode, ring.Length);
        Assert.All(ring.Index(), entry => Assert.Equal((entry.Index % nodes) + 1, entry.Item.Node));
        var gap = (Int128.One << 64) / ring.Length;
        Assert.All(
            ring.Zip(ring.Skip(1)),
            pair => Assert.InRange((Int128)pair.Second.Token - pair.First.Token, gap, gap + 1));
    }
}
