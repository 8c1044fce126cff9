using Aspire.Hosting.Kubernetes;
using Inventory.AppHost.Full.Kubernetes.Network;
using Inventory.AppHost.Full.Kubernetes.Pods;
using Inventory.Contracts;

namespace Inventory.AppHost.Full.Kubernetes.Workloads;

/// <summary>The migrations: a pod that ends, not one to keep running.</summary>
internal static class MigrationWorkload
{
    public static void Customize(KubernetesResource resource)
    {
        var template = resource.Workload!.PodTemplate;
        PodSecurity.Restrict(template.Spec);
        ScratchSpace.Mount(template.Spec, ["/tmp"]);
        PodResources.Set(template.Spec, cpuRequest: "100m", cpuLimit: "1", memory: "256Mi");
        template.Spec.RestartPolicy = "OnFailure";

        resource.Workload = new Job(ResourceNames.Migrations, template);
        resource.AdditionalResources.Add(NetworkEdges.PolicyOf(ResourceNames.Migrations));
    }
}
