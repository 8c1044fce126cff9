namespace Inventory.AppHost.Kubernetes.Profiles;

/// <summary>Between which bounds an autoscaler keeps a service, and by what, unless the values say otherwise.</summary>
internal sealed record ScalingProfile
{
    public required int MinReplicas { get; init; }

    public required int MaxReplicas { get; init; }

    /// <summary>Of the requested processors.</summary>
    public required int CpuPercent { get; init; }

    /// <summary>For each pod. Of QueryApi, batches of up to 50 keys: a pod of two cores serves several times as many.</summary>
    public required int RequestsPerSecond { get; init; }
}
