using Inventory.AppHost.Kubernetes.Model;
using Inventory.AppHost.Kubernetes.Pods;
using Inventory.AppHost.Kubernetes.Profiles;
using k8s;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Manifests;

/// <summary>A service: what an operator looks for in its manifests, one line each.</summary>
internal static class ServiceManifests
{
    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(Workload workload, ServiceProfile profile, bool isReferred)
    {
        var template = ManifestFactory.Pod(workload);
        var pod = template.Spec;
        var container = pod.Containers[0];
        PodVariables.AddTelemetry(container, workload.Name);
        PodSecurity.Restrict(pod, PodSecurity.ApplicationUser, readOnlyRoot: true);
        ScratchSpace.Mount(pod, ["/tmp"]);
        PodProbes.SetService(container, workload.ReadinessProbe!, workload.LivenessProbe!);
        PodDrain.Allow(pod);
        PodSpread.OverZonesAndHosts(pod, workload.Name);

        yield return ManifestFactory.ConfigMap(workload);
        yield return new V1Deployment
        {
            Metadata = ManifestFactory.Metadata(workload.Name),
            Spec = new V1DeploymentSpec
            {
                Selector = Labels.Of(workload.Name),
                Template = template,

                // The old pods stay until the new ones are ready.
                Strategy = new V1DeploymentStrategy
                {
                    Type = "RollingUpdate",
                    RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = profile.Surge },
                },
            },
        }.Complete();
        yield return new V1PodDisruptionBudget
        {
            Metadata = ManifestFactory.Metadata(workload.Name),
            Spec = new V1PodDisruptionBudgetSpec
            {
                Selector = Labels.Of(workload.Name),
                MaxUnavailable = profile.MaxUnavailable,

                // A pod that is not ready anyway is no reason to keep a node.
                UnhealthyPodEvictionPolicy = "AlwaysAllow",
            },
        }.Complete();
        if (workload.IsExternal || isReferred)
        {
            yield return ManifestFactory.Service(workload, isHeadless: !workload.IsExternal);
        }

        if (profile.Scaling is not null)
        {
            yield return new V2HorizontalPodAutoscaler
            {
                Metadata = ManifestFactory.Metadata(workload.Name),
                Spec = new V2HorizontalPodAutoscalerSpec
                {
                    ScaleTargetRef = new V2CrossVersionObjectReference
                    {
                        ApiVersion = "apps/v1", Kind = V1Deployment.KubeKind, Name = workload.Name,
                    },
                },
            }.Complete();
        }
    }
}
