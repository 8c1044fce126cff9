using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Pods;

internal static class PodResources
{
    public static void Set(PodSpecV1 pod, string cpuRequest, string? cpuLimit, string memory)
    {
        var resources = new ResourceRequirementsV1
        {
            Requests = { ["cpu"] = cpuRequest, ["memory"] = memory },
            Limits = { ["memory"] = memory },
        };
        if (cpuLimit is not null)
        {
            resources.Limits["cpu"] = cpuLimit;
        }

        pod.Containers[0].Resources = resources;
    }
}
