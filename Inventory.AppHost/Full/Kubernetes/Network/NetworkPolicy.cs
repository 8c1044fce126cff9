using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Network;

internal sealed class NetworkPolicy : BaseKubernetesResource
{
    public NetworkPolicy(string name, NetworkPolicySpec spec)
        : base("networking.k8s.io/v1", "NetworkPolicy")
    {
        Metadata.Name = name;
        Spec = spec;
    }

    public NetworkPolicySpec Spec { get; }
}
