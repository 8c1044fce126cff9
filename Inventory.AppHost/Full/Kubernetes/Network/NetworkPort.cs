using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Network;

internal sealed class NetworkPort
{
    /// <summary>A number, or the name that the pods give it.</summary>
    public required Int32OrStringV1 Port { get; init; }

    public string Protocol { get; init; } = "TCP";
}
