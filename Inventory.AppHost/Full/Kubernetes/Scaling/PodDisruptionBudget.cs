using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Scaling;

/// <summary>How much of a service the maintenance of nodes may take away.</summary>
internal sealed class PodDisruptionBudget : BaseKubernetesResource
{
    public PodDisruptionBudget(string component, string maxUnavailable)
        : base("policy/v1", "PodDisruptionBudget")
    {
        Metadata.Name = $"{component}-disruption";
        Spec = new PodDisruptionBudgetSpec { MaxUnavailable = new(maxUnavailable), Selector = Labels.Of(component) };
    }

    public PodDisruptionBudgetSpec Spec { get; }
}
