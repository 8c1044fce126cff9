namespace Inventory.AppHost.Full.Kubernetes.Scaling;

/// <summary>A Deployment, by KEDA's default.</summary>
internal sealed class ScaleTarget
{
    public required string Name { get; init; }
}
