using System.Globalization;
using Aspire.Hosting.Kubernetes.Resources;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Full.Kubernetes.Scaling;

/// <summary>
/// Scales QueryApi by CPU and by requests, whichever asks for more: doubling, or 20 pods, every 15 s on the way up, and a
/// tenth a minute on the way down.
/// </summary>
internal static class QueryApiAutoscaler
{
    private const int TargetCpuPercent = 60;

    // Batches of up to 50 keys: a pod of two cores serves several times as many.
    private const int TargetRequestsPerSecond = 4000;

    public static HorizontalPodAutoscalerV2 Create(Deployment deployment) => new()
    {
        Metadata = new() { Name = $"{ResourceNames.QueryApi}-hpa" },
        Spec = new()
        {
            ScaleTargetRef = new()
            {
                ApiVersion = deployment.ApiVersion,
                Kind = deployment.Kind,
                Name = deployment.Metadata.Name,
                Metadata = null!,
            },

            // Replaced by .Values.autoscaling when the chart is finished: these are numbers in Aspire's model.
            MinReplicas = ScaleBounds.MinReplicas,
            MaxReplicas = ScaleBounds.MaxReplicas,
            Metrics = { Cpu(), Requests() },
            Behavior = new() { ScaleUp = Up(), ScaleDown = Down() },
        },
    };

    // In all of them: what is not used must be null, or it is written as an empty object, which an API server refuses.
    private static MetricSpecV2 Cpu() => new()
    {
        Type = "Resource",
        Resource = new()
        {
            Name = "cpu",
            Target = new() { Type = "Utilization", AverageUtilization = TargetCpuPercent },
        },
        ContainerResource = null!,
        External = null!,
        Object = null!,
        Pods = null!,
    };

    private static MetricSpecV2 Requests() => new()
    {
        Type = "Pods",
        Pods = new()
        {
            Metric = new() { Name = MetricNames.RequestsPerSecond, Selector = null! },
            Target = new()
            {
                Type = "AverageValue",
                AverageValue = TargetRequestsPerSecond.ToString(CultureInfo.InvariantCulture),
            },
        },
        ContainerResource = null!,
        External = null!,
        Object = null!,
        Resource = null!,
    };

    private static HpaScalingRulesV2 Up() => new()
    {
        StabilizationWindowSeconds = 0,
        SelectPolicy = "Max",
        Policies =
        {
            new() { Type = "Percent", Value = 100, PeriodSeconds = 15 },
            new() { Type = "Pods", Value = 20, PeriodSeconds = 15 },
        },
    };

    private static HpaScalingRulesV2 Down() => new()
    {
        StabilizationWindowSeconds = 300,
        SelectPolicy = "Max",
        Policies = { new() { Type = "Percent", Value = 10, PeriodSeconds = 60 } },
    };
}
