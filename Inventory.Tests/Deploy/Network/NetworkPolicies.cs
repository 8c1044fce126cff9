using System.Globalization;
using System.Net;
using k8s.Models;

namespace Inventory.Tests.Deploy.Network;

/// <summary>
/// What a network plug-in makes of policies, by the rules of Kubernetes' documentation: a pod that no policy selects for a
/// direction is open in that direction; otherwise what any policy allows is allowed; and a connection needs both its
/// ends. Answers to a connection always come back.
/// </summary>
internal sealed class NetworkPolicies(IReadOnlyList<V1NetworkPolicy> policies)
{
    private const string Ingress = "Ingress";
    private const string Egress = "Egress";

    public bool Allows(NetworkPod from, NetworkPod to, int port, string protocol = "TCP") =>
        AllowsEgress(from, to, port, protocol) && AllowsIngress(from, to, port, protocol);

    private bool AllowsIngress(NetworkPod from, NetworkPod to, int port, string protocol)
    {
        var selecting = Selecting(to, Ingress);
        return selecting.Count == 0 || selecting
            .SelectMany(policy => policy.Spec.Ingress ?? [])
            .Any(rule => IsAnyOf(rule.FromProperty, from) && IsAnyOf(rule.Ports, to, port, protocol));
    }

    private bool AllowsEgress(NetworkPod from, NetworkPod to, int port, string protocol)
    {
        var selecting = Selecting(from, Egress);
        return selecting.Count == 0 || selecting
            .SelectMany(policy => policy.Spec.Egress ?? [])
            .Any(rule => IsAnyOf(rule.To, to) && IsAnyOf(rule.Ports, to, port, protocol));
    }

    private List<V1NetworkPolicy> Selecting(NetworkPod pod, string direction) =>
    [
        .. policies.Where(policy =>
            pod.Namespace == NetworkPod.ReleaseNamespace
            && TypesOf(policy).Contains(direction)
            && policy.Spec.PodSelector.Selects(pod.Labels)),
    ];

    private static IEnumerable<string> TypesOf(V1NetworkPolicy policy) => policy.Spec.PolicyTypes is { Count: > 0 } types
        ? types
        : policy.Spec.Egress is { Count: > 0 } ? [Ingress, Egress] : [Ingress];

    // No peers are all peers.
    private static bool IsAnyOf(IList<V1NetworkPolicyPeer>? peers, NetworkPod pod) =>
        peers is null or { Count: 0 } || peers.Any(peer => Is(peer, pod));

    private static bool Is(V1NetworkPolicyPeer peer, NetworkPod pod)
    {
        if (peer.IpBlock is { } block)
        {
            return pod.Address is { } address
                && Contains(block.Cidr, address)
                && !(block.Except ?? []).Any(except => Contains(except, address));
        }

        return pod.Address is null
            && (peer.NamespaceSelector?.Selects(pod.NamespaceLabels) ?? pod.Namespace == NetworkPod.ReleaseNamespace)
            && (peer.PodSelector?.Selects(pod.Labels) ?? true);
    }

    private static bool Contains(string network, string address) => IPNetwork.Parse(network).Contains(IPAddress.Parse(address));

    // No ports are all ports.
    private static bool IsAnyOf(IList<V1NetworkPolicyPort>? ports, NetworkPod to, int port, string protocol) =>
        ports is null or { Count: 0 } || ports.Any(candidate => Is(candidate, to, port, protocol));

    private static bool Is(V1NetworkPolicyPort candidate, NetworkPod to, int port, string protocol)
    {
        if ((candidate.Protocol ?? "TCP") != protocol)
        {
            return false;
        }

        if (candidate.Port is not { Value: { } wanted })
        {
            return true;
        }

        return int.TryParse(wanted, CultureInfo.InvariantCulture, out var number)
            ? port >= number && port <= (candidate.EndPort ?? number)
            : to.NamedPorts.TryGetValue(wanted, out var named) && named == port;
    }
}
