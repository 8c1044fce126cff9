using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Pods;

/// <summary>Small folders that are gone with the pod, for what must be written beneath a read-only root.</summary>
internal static class ScratchSpace
{
    private const string Limit = "64Mi";

    public static void Mount(PodSpecV1 pod, IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            var name = $"scratch{path.Replace('/', '-')}";
            pod.Volumes.Add(new() { Name = name, EmptyDir = new() { SizeLimit = Limit } });
            pod.Containers[0].VolumeMounts.Add(new() { Name = name, MountPath = path });
        }
    }
}
