using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes.Workloads;

internal sealed class JobSpec
{
    /// <summary>Beyond the attempts that the program makes itself.</summary>
    public int BackoffLimit { get; } = 6;

    /// <summary>A day, to read its log.</summary>
    public int TtlSecondsAfterFinished { get; } = 24 * 60 * 60;

    public required PodTemplateSpecV1 Template { get; init; }
}
