namespace Inventory.AppHost.Full.Kubernetes.Network;

internal sealed class NetworkIngressRule
{
    /// <summary>Empty for everybody.</summary>
    public List<NetworkPeer> From { get; init; } = [];

    public List<NetworkPort> Ports { get; init; } = [];
}
