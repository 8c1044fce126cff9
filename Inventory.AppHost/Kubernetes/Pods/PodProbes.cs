using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Pods;

internal static class PodProbes
{
    private const int StartupPeriodSeconds = 2;
    private const int StartupAttempts = 60;
    private const int StoreTimeoutSeconds = 5;

    /// <summary>
    /// The probes of the model, and one for the start: the same question as for liveness, asked more often, so that a slow
    /// start is no reason to kill.
    /// </summary>
    public static void SetService(V1Container container, V1Probe readiness, V1Probe liveness)
    {
        container.ReadinessProbe = readiness;
        container.LivenessProbe = liveness;
        container.StartupProbe = new V1Probe
        {
            HttpGet = liveness.HttpGet,
            TimeoutSeconds = liveness.TimeoutSeconds,
            PeriodSeconds = StartupPeriodSeconds,
            FailureThreshold = StartupAttempts,
        };
    }

    /// <summary>A store that takes long to start is not killed for it, and one that does not answer is.</summary>
    public static void SetStore(V1Container container, V1Probe question)
    {
        container.StartupProbe = Timed(question, periodSeconds: 5, failureThreshold: 60);
        container.ReadinessProbe = Timed(question, periodSeconds: 10, failureThreshold: 3);
        container.LivenessProbe = Timed(question, periodSeconds: 20, failureThreshold: 6);
    }

    private static V1Probe Timed(V1Probe question, int periodSeconds, int failureThreshold) => new()
    {
        Exec = question.Exec,
        TcpSocket = question.TcpSocket,
        PeriodSeconds = periodSeconds,
        FailureThreshold = failureThreshold,
        TimeoutSeconds = StoreTimeoutSeconds,
    };
}
