using System.Globalization;

namespace Inventory.Servers.Cassandra;

/// <summary>Divides the ring evenly, nodes taking turns.</summary>
internal static class TokenRing
{
    private static readonly Int128 Size = Int128.One << 64;

    /// <summary>The tokens of one node (from 1) as cassandra.yaml wants them.</summary>
    public static string Slice(int nodes, int node, int tokensPerNode)
    {
        var total = nodes * tokensPerNode;
        // The lowest value is not a token but the mark of "no token", hence one step up.
        var tokens = Enumerable.Range(0, tokensPerNode)
            .Select(turn => (turn * nodes) + node - 1)
            .Select(index => long.MinValue + 1 + (Size * index / total));
        return string.Join(',', tokens.Select(token => token.ToString(CultureInfo.InvariantCulture)));
    }
}
