using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Scaling;

internal sealed class PodDisruptionBudgetSpec
{
    public required Int32OrStringV1 MaxUnavailable { get; init; }

    public required LabelSelectorV1 Selector { get; init; }

    /// <summary>A pod that is not ready anyway is no reason to keep a node.</summary>
    public string UnhealthyPodEvictionPolicy { get; } = "AlwaysAllow";
}
