using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Network;

internal sealed class NetworkPeer
{
    /// <summary>In the release's own namespace unless <see cref="NamespaceSelector"/> is given.</summary>
    public LabelSelectorV1? PodSelector { get; init; }

    /// <summary>Without conditions: every namespace.</summary>
    public LabelSelectorV1? NamespaceSelector { get; init; }
}
