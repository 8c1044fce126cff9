using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Full.Kubernetes.Network;

/// <summary>Who may talk to whom: the arrows of the picture, names, and telemetry. Everything else is closed.</summary>
internal static class NetworkEdges
{
    private const string Http = "http";
    private const int Dns = 53;

    private static readonly NetworkEdge[] Picture =
    [
        new(ResourceNames.Gateway, ResourceNames.QueryApi, Http!),
        new(ResourceNames.Gateway, ResourceNames.CommandApi, Http!),
        new(ResourceNames.QueryApi, ResourceNames.Cassandra, StorePorts.Cassandra),
        new(ResourceNames.QueryApi, ResourceNames.Kafka, StorePorts.Kafka),
        new(ResourceNames.CommandApi, ResourceNames.Postgres, StorePorts.Postgres),
        new(ResourceNames.Relay, ResourceNames.Postgres, StorePorts.Postgres),
        new(ResourceNames.Relay, ResourceNames.Kafka, StorePorts.Kafka),
        new(ResourceNames.Relay, ResourceNames.Cassandra, StorePorts.Cassandra),
        new(ResourceNames.Migrations, ResourceNames.Postgres, StorePorts.Postgres),
        new(ResourceNames.Migrations, ResourceNames.Kafka, StorePorts.Kafka),
        new(ResourceNames.Migrations, ResourceNames.Cassandra, StorePorts.Cassandra),
    ];

    // The pods of the operators' clusters, which carry no label of the chart.
    private static readonly Dictionary<string, (string Label, string Cluster)> Operators = new()
    {
        [ResourceNames.Postgres] = (ExternalStores.PostgresLabel, ExternalStores.PostgresCluster),
        [ResourceNames.Kafka] = (ExternalStores.KafkaLabel, ExternalStores.KafkaCluster),
        [ResourceNames.Cassandra] = (ExternalStores.CassandraLabel, ExternalStores.CassandraCluster),
    };

    /// <summary>Everything of the release that no other policy opens.</summary>
    public static NetworkPolicy DefaultDeny() => new("inventory-default-deny", new() { PodSelector = Labels.All() });

    public static NetworkPolicy PolicyOf(string component)
    {
        var spec = new NetworkPolicySpec { PodSelector = Labels.Of(component) };
        foreach (var edge in Picture.Where(edge => edge.To == component))
        {
            spec.Ingress.Add(new() { From = [Pods(edge.From)], Ports = [new() { Port = edge.Port }] });
        }

        foreach (var edge in Picture.Where(edge => edge.From == component))
        {
            spec.Egress.Add(new() { To = Targets(edge.To), Ports = [new() { Port = edge.Port }] });
        }

        if (component == ResourceNames.Gateway)
        {
            spec.Ingress.Add(new() { Ports = [new() { Port = Http! }] });
        }

        spec.Egress.Add(Names());
        if (!Operators.ContainsKey(component))
        {
            spec.Egress.Add(Telemetry());
        }

        return new NetworkPolicy($"{component}-network", spec);
    }

    private static NetworkPeer Pods(string component) => new() { PodSelector = Labels.Of(component) };

    private static List<NetworkPeer> Targets(string component) =>
        Operators.TryGetValue(component, out var pods)
            ? [Pods(component), new() { PodSelector = new(new Dictionary<string, string> { [pods.Label] = pods.Cluster }) }]
            : [Pods(component)];

    private static NetworkEgressRule Names() => new()
    {
        To = [new() { NamespaceSelector = new() }],
        Ports = [new() { Port = Dns, Protocol = "UDP" }, new() { Port = Dns }],
    };

    private static NetworkEgressRule Telemetry() => new()
    {
        To = [new() { NamespaceSelector = new() }],
        Ports = [new() { Port = ServicePorts.TelemetryOverGrpc }, new() { Port = ServicePorts.TelemetryOverHttp }],
    };
}
