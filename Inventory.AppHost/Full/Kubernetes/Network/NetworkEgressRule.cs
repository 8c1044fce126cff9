namespace Inventory.AppHost.Full.Kubernetes.Network;

internal sealed class NetworkEgressRule
{
    public List<NetworkPeer> To { get; init; } = [];

    public List<NetworkPort> Ports { get; init; } = [];
}
