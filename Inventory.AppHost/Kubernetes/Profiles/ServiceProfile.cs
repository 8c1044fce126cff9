using Inventory.Contracts;

namespace Inventory.AppHost.Kubernetes.Profiles;

/// <summary>How a service runs in Kubernetes, besides what the model says.</summary>
internal sealed record ServiceProfile
{
    public required int Replicas { get; init; }

    public required string CpuRequest { get; init; }

    /// <summary>Null on the read path: a limit throttles in the very moment that the spare cores were kept for.</summary>
    public string? CpuLimit { get; init; }

    /// <summary>Requested, and the limit: memory that is not there is no reserve.</summary>
    public required string Memory { get; init; }

    /// <summary>Pods that a rollout may start beyond the replicas.</summary>
    public int Surge { get; init; } = 1;

    /// <summary>Pods, or their share, that a drained node may take away at once.</summary>
    public string MaxUnavailable { get; init; } = "1";

    /// <summary>Null where the replicas are a plain number.</summary>
    public ScalingProfile? Scaling { get; init; }

    public static IReadOnlyDictionary<string, ServiceProfile> All { get; } = new Dictionary<string, ServiceProfile>
    {
        [ResourceNames.Gateway] = new() { Replicas = 3, CpuRequest = "1", Memory = "512Mi" },
        [ResourceNames.QueryApi] = new()
        {
            Replicas = 3,
            CpuRequest = "2",
            Memory = "1Gi",
            Surge = 5,
            MaxUnavailable = "25%",
            Scaling = new ScalingProfile { MinReplicas = 3, MaxReplicas = 200, CpuPercent = 60, RequestsPerSecond = 4000 },
        },
        [ResourceNames.CommandApi] = new() { Replicas = 3, CpuRequest = "500m", CpuLimit = "2", Memory = "512Mi" },
        [ResourceNames.Relay] = new() { Replicas = 2, CpuRequest = "500m", CpuLimit = "2", Memory = "512Mi" },
    };
}
