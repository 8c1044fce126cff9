using System.Text.Json.Nodes;
using Inventory.Servers.Java;

namespace Inventory.Servers.Cassandra;

public sealed record CassandraOptions : JavaServerOptions
{
    /// <summary>They listen on 127.0.0.1, 127.0.0.2 and so on.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The port for CQL, the same on every node; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The heap of a node.</summary>
    public int HeapMegabytes { get; init; } = 512;

    /// <summary>The part of the heap for young objects.</summary>
    public int YoungMegabytes { get; init; } = 128;

    /// <summary>Entries of cassandra.yaml in addition to, or instead of, <see cref="CassandraSettings"/>.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Settings { get; init; } = new Dictionary<string, JsonNode?>();
}
