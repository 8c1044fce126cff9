using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Workloads;

/// <summary>A Kubernetes Job, of which Aspire 13.5 has no model. It takes the pod of the workload that it replaces.</summary>
internal sealed class Job : Workload
{
    public Job(string component, PodTemplateSpecV1 template)
        : base("batch/v1", "Job")
    {
        Metadata.Name = $"{component}-job";
        Metadata.Labels = new(template.Metadata.Labels);
        Spec = new JobSpec { Template = template };
    }

    public JobSpec Spec { get; }

    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}
