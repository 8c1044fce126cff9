using Inventory.Contracts;

namespace Inventory.AppHost.Full.Kubernetes;

/// <summary>How a service runs in Kubernetes.</summary>
internal sealed record ServiceManifest
{
    public required string Component { get; init; }

    /// <summary>Null where an autoscaler decides.</summary>
    public int? Replicas { get; init; }

    public required string CpuRequest { get; init; }

    /// <summary>Null on the read path: a limit throttles in the very moment that the spare cores were kept for.</summary>
    public string? CpuLimit { get; init; }

    /// <summary>Requested, and the limit: memory that is not there is no reserve.</summary>
    public required string Memory { get; init; }

    /// <summary>Pods that a rollout may start beyond the replicas.</summary>
    public int Surge { get; init; } = 1;

    /// <summary>Pods, or their share, that a drained node may take away at once.</summary>
    public string MaxUnavailable { get; init; } = "1";

    public bool IsExternal { get; init; }

    public static ServiceManifest Gateway { get; } = new()
    {
        Component = ResourceNames.Gateway,
        Replicas = 3,
        CpuRequest = "1",
        Memory = "512Mi",
        IsExternal = true,
    };

    public static ServiceManifest QueryApi { get; } = new()
    {
        Component = ResourceNames.QueryApi,
        CpuRequest = "2",
        Memory = "1Gi",
        Surge = 5,
        MaxUnavailable = "25%",
    };

    public static ServiceManifest CommandApi { get; } = new()
    {
        Component = ResourceNames.CommandApi,
        Replicas = 3,
        CpuRequest = "500m",
        CpuLimit = "2",
        Memory = "512Mi",
    };

    public static ServiceManifest Relay { get; } = new()
    {
        Component = ResourceNames.Relay,
        Replicas = 2,
        CpuRequest = "500m",
        CpuLimit = "2",
        Memory = "512Mi",
    };
}
