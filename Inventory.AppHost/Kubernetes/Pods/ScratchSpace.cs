using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Pods;

/// <summary>Small folders that are gone with the pod, for what must be written beneath a read-only root.</summary>
internal static class ScratchSpace
{
    private const string Limit = "64Mi";

    public static void Mount(V1PodSpec pod, IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            var name = $"scratch{path.Replace('/', '-')}";
            (pod.Volumes ??= []).Add(new V1Volume
            {
                Name = name,
                EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity(Limit) },
            });
            (pod.Containers[0].VolumeMounts ??= []).Add(new V1VolumeMount { Name = name, MountPath = path });
        }
    }
}
