using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Network;

/// <summary>Both directions are closed but for what the rules open.</summary>
internal sealed class NetworkPolicySpec
{
    public required LabelSelectorV1 PodSelector { get; init; }

    public IReadOnlyList<string> PolicyTypes { get; } = ["Ingress", "Egress"];

    public List<NetworkIngressRule> Ingress { get; init; } = [];

    public List<NetworkEgressRule> Egress { get; init; } = [];
}
