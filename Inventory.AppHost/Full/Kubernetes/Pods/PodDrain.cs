using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Pods;

/// <summary>
/// The end of a pod without a failed request: it still answers while its address leaves the load balancers, then the host
/// drains for up to 30 s (<c>ServiceDefaultsExtensions</c>).
/// </summary>
internal static class PodDrain
{
    private const int LeaveSeconds = 10;
    private const int GraceSeconds = 60;

    public static void Allow(PodSpecV1 pod)
    {
        pod.TerminationGracePeriodSeconds = GraceSeconds;

        // Kubernetes' own sleep: the image has no shell. The other actions are null, or empty ones would be written.
        pod.Containers[0].Lifecycle = new()
        {
            PreStop = new()
            {
                Sleep = new() { Seconds = LeaveSeconds },
                Exec = null!,
                HttpGet = null!,
                TcpSocket = null!,
            },
        };
    }
}
