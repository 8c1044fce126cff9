using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Scaling;

/// <summary>
/// KEDA in the place of the plain autoscaler, by value. Its triggers come from the values too: Prometheus as a default,
/// and a schedule for an announced sale (deploy/values-sale.yaml).
/// </summary>
internal sealed class ScaledObject : BaseKubernetesResource
{
    public ScaledObject(string component, Deployment deployment)
        : base("keda.sh/v1alpha1", "ScaledObject")
    {
        Metadata.Name = $"{component}-scaledobject";
        Spec = new ScaledObjectSpec { ScaleTargetRef = new ScaleTarget { Name = deployment.Metadata.Name } };
    }

    public ScaledObjectSpec Spec { get; }
}
