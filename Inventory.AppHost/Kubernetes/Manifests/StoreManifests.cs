using Inventory.AppHost.Kubernetes.Model;
using Inventory.AppHost.Kubernetes.Pods;
using Inventory.AppHost.Kubernetes.Profiles;
using k8s;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Manifests;

/// <summary>A store inside the chart, and its name, which outlives it.</summary>
internal static class StoreManifests
{
    // Cassandra flushes what it holds in memory; the others need less.
    private const int GraceSeconds = 120;

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(Workload workload, StoreProfile profile)
    {
        var template = ManifestFactory.Pod(workload);
        var pod = template.Spec;
        PodSecurity.Restrict(pod, profile.User, profile.ReadOnlyRoot);
        ScratchSpace.Mount(pod, profile.Scratch);
        PodProbes.SetStore(pod.Containers[0], profile.Question);
        pod.TerminationGracePeriodSeconds = GraceSeconds;
        foreach (var (volume, path) in workload.Volumes)
        {
            (pod.Volumes ??= []).Add(new V1Volume
            {
                Name = "data",
                PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = volume },
            });
            (pod.Containers[0].VolumeMounts ??= []).Add(new V1VolumeMount { Name = "data", MountPath = path });
            var metadata = ManifestFactory.Metadata(workload.Name, volume);

            // Neither uninstalling nor the swap for an external store takes the data with it.
            metadata.Annotations = new Dictionary<string, string> { ["helm.sh/resource-policy"] = "keep" };
            yield return new V1PersistentVolumeClaim
            {
                Metadata = metadata,
                Spec = new V1PersistentVolumeClaimSpec { AccessModes = ["ReadWriteOnce"] },
            }.Complete();
        }

        yield return ManifestFactory.ConfigMap(workload);
        yield return ManifestFactory.Service(workload, isHeadless: false);
        yield return new V1StatefulSet
        {
            Metadata = ManifestFactory.Metadata(workload.Name),
            Spec = new V1StatefulSetSpec
            {
                Replicas = 1, ServiceName = workload.Name, Selector = Labels.Of(workload.Name), Template = template,
            },
        }.Complete();
    }
}
