using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Tests.Deploy.Chart;
using Inventory.Tests.Deploy.Manifests;
using k8s.Models;

namespace Inventory.Tests.Deploy.Network;

/// <summary>
/// Who may reach whom: the arrows of the picture in docs, the door, names and telemetry. Written down here once more, not
/// taken from what makes the policies.
/// </summary>
internal sealed class NetworkPicture(ManifestSet manifests)
{
    
    private const int Dns = 53;
    private const int NobodysPort = 9_999;

    private static readonly (string From, string To, int Port)[] Arrows =
    [
        (ResourceNames.Gateway, ResourceNames.QueryApi, ServicePorts.Container),
        (ResourceNames.Gateway, ResourceNames.CommandApi, ServicePorts.Container),
        (ResourceNames.QueryApi, ResourceNames.Cassandra, StorePorts.Cassandra),
        (ResourceNames.QueryApi, ResourceNames.Kafka, StorePorts.Kafka),
        (ResourceNames.CommandApi, ResourceNames.Postgres, StorePorts.Postgres),
        (ResourceNames.Relay, ResourceNames.Postgres, StorePorts.Postgres),
        (ResourceNames.Relay, ResourceNames.Kafka, StorePorts.Kafka),
        (ResourceNames.Relay, ResourceNames.Cassandra, StorePorts.Cassandra),
        (ResourceNames.Migrations, ResourceNames.Postgres, StorePorts.Postgres),
        (ResourceNames.Migrations, ResourceNames.Kafka, StorePorts.Kafka),
        (ResourceNames.Migrations, ResourceNames.Cassandra, StorePorts.Cassandra),
    ];

    private static readonly int[] Ports =
    [
        ServicePorts.Container, StorePorts.Cassandra, StorePorts.Kafka, StorePorts.Postgres, NobodysPort,
    ];

    // Pods that others run: the first three hold the stores where the chart does not.
    private static readonly NetworkPod[] Operators =
    [
        Operator(ResourceNames.Postgres, ExternalStores.PostgresLabel, ExternalStores.PostgresCluster),
        Operator(ResourceNames.Kafka, ExternalStores.KafkaLabel, ExternalStores.KafkaCluster),
        Operator(ResourceNames.Cassandra, ExternalStores.CassandraLabel, ExternalStores.CassandraCluster),
    ];

    private static readonly NetworkPod Stranger = new() { Name = "a stranger", Namespace = "default" };
    private static readonly NetworkPod Neighbour = new() { Name = "a neighbour in the namespace" };
    private static readonly NetworkPod Internet = new() { Name = "the internet", Namespace = "", Address = "203.0.113.7" };
    private static readonly NetworkPod NameServer = new() { Name = "the name server", Namespace = "kube-system" };
    private static readonly NetworkPod NodeNameServer =
        new() { Name = "the name server of the node", Namespace = "", Address = "169.254.20.10" };

    private static readonly NetworkPod Collector = new() { Name = "the collector", Namespace = "monitoring" };

    private readonly IReadOnlyList<NetworkPod> _pods = [.. Pods(manifests)];

    /// <summary>Where policies and picture differ, each in a sentence.</summary>
    public IEnumerable<string> Differences(NetworkPolicies policies)
    {
        NetworkPod[] stores = [.. _pods.Where(IsStore), .. _pods.Any(IsStore) ? [] : Operators];
        NetworkPod[] targets = [.. _pods.Where(pod => !IsStore(pod)), .. stores];
        NetworkPod[] all = [.. targets, Stranger, Neighbour, Internet];
        var between =
            from source in all
            from target in all
            where _pods.Contains(source) || _pods.Contains(target)
            from port in Ports
            select Compare(policies, source, target, port, "TCP", IsDrawn(source, target, port));
        var outside =
            from pod in _pods
            from difference in new[]
            {
                Compare(policies, pod, NameServer, Dns, "UDP", true),
                Compare(policies, pod, NameServer, Dns, "TCP", true),
                Compare(policies, pod, NodeNameServer, Dns, "UDP", true),
                Compare(policies, pod, NodeNameServer, NobodysPort, "TCP", false),
                Compare(policies, pod, NameServer, NobodysPort, "TCP", false),
                Compare(policies, pod, Collector, ServicePorts.TelemetryOverGrpc, "TCP", !IsStore(pod)),
                Compare(policies, pod, Collector, ServicePorts.TelemetryOverHttp, "TCP", !IsStore(pod)),
                Compare(policies, pod, Collector, ServicePorts.TelemetryOverGrpc, "UDP", false),
                Compare(policies, pod, Collector, NobodysPort, "TCP", false),
            }
            select difference;
        return between.Concat(outside).OfType<string>();
    }

    // The door is open to all but to the pods of the system, whose own policies keep them in.
    private bool IsDrawn(NetworkPod source, NetworkPod target, int port) =>
        (!_pods.Contains(source) && target.Name == ResourceNames.Gateway && port == ServicePorts.Container)
        || Arrows.Contains((source.Name, target.Name, port));

    private static string? Compare(
        NetworkPolicies policies, NetworkPod source, NetworkPod target, int port, string protocol, bool expected) =>
        policies.Allows(source, target, port, protocol) == expected
            ? null
            : $"{source.Name} {(expected ? "cannot" : "can")} reach {target.Name} on {protocol} {port}";

    private static bool IsStore(NetworkPod pod) =>
        pod.Name is ResourceNames.Postgres or ResourceNames.Kafka or ResourceNames.Cassandra;

    private static IEnumerable<NetworkPod> Pods(ManifestSet manifests) =>
        manifests.Of<V1Deployment>().Select(workload => workload.Spec.Template)
            .Concat(manifests.Of<V1StatefulSet>().Select(workload => workload.Spec.Template))
            .Concat(manifests.Of<V1Job>().Select(workload => workload.Spec.Template))
            .Select(template => NetworkPod.Of(template.Metadata.Labels[ChartLabels.Component], template));

    private static NetworkPod Operator(string name, string label, string cluster) =>
        new() { Name = name, Labels = new Dictionary<string, string> { [label] = cluster } };
}
