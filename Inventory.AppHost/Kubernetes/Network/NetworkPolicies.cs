using Inventory.AppHost.Kubernetes.Manifests;
using Inventory.AppHost.Kubernetes.Model;
using Inventory.AppHost.Kubernetes.Profiles;
using Inventory.Contracts.Composition;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Network;

/// <summary>Who may talk to whom: the arrows of the picture, names, and telemetry. Everything else is closed.</summary>
internal static class NetworkPolicies
{
    private const int Dns = 53;

    // A cache of names on each node listens on an address of that range (usually 169.254.20.10) and is no pod.
    private const string LinkLocal = "169.254.0.0/16";

    /// <summary>Everything of the system that no other policy opens.</summary>
    public static V1NetworkPolicy DefaultDeny() => new V1NetworkPolicy
    {
        Metadata = ManifestFactory.Metadata(Labels.System, $"{Labels.System}-default-deny"),
        Spec = new V1NetworkPolicySpec { PodSelector = Labels.All(), PolicyTypes = ["Ingress", "Egress"] },
    }.Complete();

    public static V1NetworkPolicy Of(Workload workload, IReadOnlyCollection<NetworkEdge> edges)
    {
        var ingress = edges.Where(edge => edge.To == workload.Name)
            .Select(edge => new V1NetworkPolicyIngressRule { FromProperty = [Pods(edge.From)], Ports = [Tcp(edge.Port)] })
            .ToList();
        ingress.AddRange(workload.Endpoints.Where(endpoint => endpoint.IsExternal)
            .Select(endpoint => new V1NetworkPolicyIngressRule { Ports = [Tcp(endpoint.TargetPort)] }));
        var egress = edges.Where(edge => edge.From == workload.Name)
            .Select(edge => new V1NetworkPolicyEgressRule { To = Targets(edge.To), Ports = [Tcp(edge.Port)] })
            .Append(Names())
            .ToList();
        if (!StoreProfile.All.ContainsKey(workload.Name))
        {
            egress.Add(Telemetry());
        }

        return new V1NetworkPolicy
        {
            Metadata = ManifestFactory.Metadata(workload.Name),
            Spec = new V1NetworkPolicySpec
            {
                PodSelector = Labels.Of(workload.Name),
                PolicyTypes = ["Ingress", "Egress"],
                Ingress = ingress.Count == 0 ? null : ingress,
                Egress = egress,
            },
        }.Complete();
    }

    private static V1NetworkPolicyPeer Pods(string component) => new() { PodSelector = Labels.Of(component) };

    // A store's place may be taken by an operator's cluster.
    private static List<V1NetworkPolicyPeer> Targets(string component) =>
        StoreProfile.All.TryGetValue(component, out var store)
            ? [Pods(component), new() { PodSelector = Selecting(store.ExternalLabel) }]
            : [Pods(component)];

    private static V1LabelSelector Selecting((string Key, string Value) label) =>
        new() { MatchLabels = new Dictionary<string, string> { [label.Key] = label.Value } };

    private static V1NetworkPolicyPeer Everywhere() => new() { NamespaceSelector = new V1LabelSelector() };

    private static V1NetworkPolicyEgressRule Names() => new()
    {
        To = [Everywhere(), new V1NetworkPolicyPeer { IpBlock = new V1IPBlock { Cidr = LinkLocal } }],
        Ports = [new V1NetworkPolicyPort { Port = Dns, Protocol = "UDP" }, Tcp(Dns)],
    };

    private static V1NetworkPolicyEgressRule Telemetry() => new()
    {
        To = [Everywhere()],
        Ports = [Tcp(ServicePorts.TelemetryOverGrpc), Tcp(ServicePorts.TelemetryOverHttp)],
    };

    private static V1NetworkPolicyPort Tcp(int port) => new() { Port = port, Protocol = "TCP" };
}
