using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Pods;

/// <summary>
/// The end of a pod without a failed request: it still answers while its address leaves the load balancers and the name
/// servers, then the host drains for up to 30 s (<c>ServiceDefaultsExtensions</c>).
/// </summary>
internal static class PodDrain
{
    private const int LeaveSeconds = 10;
    private const int GraceSeconds = 60;

    public static void Allow(V1PodSpec pod)
    {
        pod.TerminationGracePeriodSeconds = GraceSeconds;

        // Kubernetes' own sleep: the image has no shell.
        pod.Containers[0].Lifecycle = new V1Lifecycle
        {
            PreStop = new V1LifecycleHandler { Sleep = new V1SleepAction { Seconds = LeaveSeconds } },
        };
    }
}
