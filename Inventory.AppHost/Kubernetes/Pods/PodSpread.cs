using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Pods;

/// <summary>
/// Pods spread over zones, then over hosts. Never at the price of a pod that cannot be placed: in a sale, with a zone
/// gone, an uneven spread is better than none.
/// </summary>
internal static class PodSpread
{
    public static void OverZonesAndHosts(V1PodSpec pod, string component) =>
        pod.TopologySpreadConstraints = [Over("topology.kubernetes.io/zone", component), Over("kubernetes.io/hostname", component)];

    private static V1TopologySpreadConstraint Over(string key, string component) => new()
    {
        TopologyKey = key,
        MaxSkew = 1,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = Labels.Of(component),

        // Each rollout by itself: the pods that are about to go do not count.
        MatchLabelKeys = ["pod-template-hash"],
    };
}
