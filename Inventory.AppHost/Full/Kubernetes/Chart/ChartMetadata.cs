namespace Inventory.AppHost.Full.Kubernetes.Chart;

internal static class ChartMetadata
{
    public const string Name = "inventory";
    public const string Version = "1.0.0";
    public const string Description = "Stock reads for a flash sale";

    /// <summary>The first with the native sleep before a pod's end; Aspire writes one that is far too old.</summary>
    public const string KubernetesVersion = ">= 1.30.0-0";
}
