using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;
using Inventory.AppHost.Full.Kubernetes.Network;
using Inventory.AppHost.Full.Kubernetes.Pods;

namespace Inventory.AppHost.Full.Kubernetes.Workloads;

/// <summary>A store inside the chart, and its name, which outlives it.</summary>
internal static class StoreWorkload
{
    // Cassandra flushes what it holds in memory; the others need less.
    private const int GraceSeconds = 120;

    public static void Customize(KubernetesResource resource, StoreManifest manifest)
    {
        var set = (StatefulSet)resource.Workload!;
        var pod = set.PodTemplate.Spec;
        set.Spec.ServiceName = resource.Service!.Metadata.Name;

        PodSecurity.Restrict(pod, manifest.ReadOnlyRoot, manifest.User);
        ScratchSpace.Mount(pod, manifest.Scratch);
        PodResources.Set(pod, manifest.CpuRequest, cpuLimit: null, manifest.Memory);
        PodProbes.SetStore(pod, manifest.Probe);
        pod.TerminationGracePeriodSeconds = GraceSeconds;

        ExternalStore.GiveWay(resource.Service, manifest.Component);
        resource.AdditionalResources.Add(NetworkEdges.PolicyOf(manifest.Component));
    }
}
