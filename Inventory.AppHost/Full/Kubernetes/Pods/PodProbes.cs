using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Pods;

internal static class PodProbes
{
    private const int StartupPeriodSeconds = 2;
    private const int StartupAttempts = 60;
    private const int StoreTimeoutSeconds = 5;

    /// <summary>
    /// Makes an API server accept the probes of Aspire, which writes the scheme in small letters, and adds the one for the
    /// start: the same question as for liveness, asked more often, so that a slow start is no reason to kill.
    /// </summary>
    public static void Complete(PodSpecV1 pod)
    {
        var container = pod.Containers[0];
        var (ready, live) = (container.ReadinessProbe!, container.LivenessProbe!);
        Correct(ready);
        Correct(live);
        container.StartupProbe = new()
        {
            HttpGet = new() { Path = live.HttpGet!.Path, Port = live.HttpGet.Port, Scheme = live.HttpGet.Scheme },
            PeriodSeconds = StartupPeriodSeconds,
            FailureThreshold = StartupAttempts,
            TimeoutSeconds = live.TimeoutSeconds,
        };
    }

    /// <summary>A store that takes long to start is not killed for it, and one that does not answer is.</summary>
    public static void SetStore(PodSpecV1 pod, Func<ProbeV1> probe)
    {
        var container = pod.Containers[0];
        container.StartupProbe = Timed(probe(), periodSeconds: 5, failureThreshold: 60);
        container.ReadinessProbe = Timed(probe(), periodSeconds: 10, failureThreshold: 3);
        container.LivenessProbe = Timed(probe(), periodSeconds: 20, failureThreshold: 6);
    }

    private static void Correct(ProbeV1 probe)
    {
        probe.HttpGet!.Scheme = "HTTP";

        // The start has a probe of its own.
        probe.InitialDelaySeconds = null;
    }

    private static ProbeV1 Timed(ProbeV1 probe, int periodSeconds, int failureThreshold)
    {
        probe.PeriodSeconds = periodSeconds;
        probe.FailureThreshold = failureThreshold;
        probe.TimeoutSeconds = StoreTimeoutSeconds;
        return probe;
    }
}
