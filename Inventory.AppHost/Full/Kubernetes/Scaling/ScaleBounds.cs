namespace Inventory.AppHost.Full.Kubernetes.Scaling;

/// <summary>How few and how many pods of QueryApi there may be unless the values say otherwise.</summary>
internal static class ScaleBounds
{
    public const int MinReplicas = 3;
    public const int MaxReplicas = 200;
}
