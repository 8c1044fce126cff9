using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Pods;

/// <summary>
/// Pods spread over zones, then over hosts. Never at the price of a pod that cannot be placed: in a sale, with a zone
/// gone, an uneven spread is better than none.
/// </summary>
internal static class PodSpread
{
    public static void OverZonesAndHosts(PodSpecV1 pod, string component)
    {
        pod.TopologySpreadConstraints.Add(Over("topology.kubernetes.io/zone", component));
        pod.TopologySpreadConstraints.Add(Over("kubernetes.io/hostname", component));
    }

    private static TopologySpreadConstraintV1 Over(string key, string component) => new()
    {
        TopologyKey = key,
        MaxSkew = 1,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = Labels.Of(component),

        // Each rollout by itself: the pods that are about to go do not count.
        MatchLabelKeys = { "pod-template-hash" },
    };
}
