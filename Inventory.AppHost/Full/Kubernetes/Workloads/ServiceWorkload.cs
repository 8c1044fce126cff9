using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;
using Inventory.AppHost.Full.Kubernetes.Network;
using Inventory.AppHost.Full.Kubernetes.Pods;
using Inventory.AppHost.Full.Kubernetes.Scaling;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Full.Kubernetes.Workloads;

/// <summary>A service: what an operator looks for in its manifests, one line each.</summary>
internal static class ServiceWorkload
{
    public static void Customize(KubernetesResource resource, ServiceManifest manifest)
    {
        var deployment = (Deployment)resource.Workload!;
        var pod = deployment.PodTemplate.Spec;
        deployment.Spec.Replicas = manifest.Replicas;

        // The old pods stay until the new ones are ready.
        deployment.Spec.Strategy.RollingUpdate.MaxUnavailable = 0;
        deployment.Spec.Strategy.RollingUpdate.MaxSurge = manifest.Surge;

        PodSecurity.Restrict(pod);
        ScratchSpace.Mount(pod, ["/tmp"]);
        PodResources.Set(pod, manifest.CpuRequest, manifest.CpuLimit, manifest.Memory);
        PodProbes.Complete(pod);
        PodDrain.Allow(pod);
        PodSpread.OverZonesAndHosts(pod, manifest.Component);

        resource.AdditionalResources.Add(new PodDisruptionBudget(manifest.Component, manifest.MaxUnavailable));
        resource.AdditionalResources.Add(NetworkEdges.PolicyOf(manifest.Component));
        if (manifest.Replicas is null)
        {
            resource.AdditionalResources.Add(QueryApiAutoscaler.Create(deployment));
            resource.AdditionalResources.Add(new ScaledObject(manifest.Component, deployment));
        }

        if (manifest.IsExternal)
        {
            var service = resource.Service!.Spec;
            service.Type = "{{ .Values.gateway.serviceType }}";
            service.Ports[0].Port = ServicePorts.Door;
            resource.AdditionalResources.Add(NetworkEdges.DefaultDeny());
        }
    }
}
