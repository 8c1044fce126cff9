using System.Globalization;

namespace Inventory.Servers;

/// <summary>Where one run keeps data, logs and configuration: a folder for every server.</summary>
/// <param name="Root">For example <c>.inventory/run</c>.</param>
public sealed record ServerPaths(string Root)
{
    public string Postgres => Path.Combine(Root, "postgres");

    public string Zookeeper => Path.Combine(Root, "zookeeper");

    public string Kafka(int broker) => Numbered("kafka", broker);

    public string Cassandra(int node) => Numbered("cassandra", node);

    private string Numbered(string name, int number) =>
        Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
}
