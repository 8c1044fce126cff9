using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Services;

internal static class HealthProbes
{
    /// <summary>
    /// Readiness and liveness. A probe brings the health check on the same path with it, for which dependants wait.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithHealthProbes(this IResourceBuilder<ProjectResource> service) =>
#pragma warning disable ASPIREPROBES001 // Probes are an experimental part of Aspire 13.5, and the only way to them.
        service
            .WithHttpProbe(ProbeType.Readiness, HealthPaths.Ready, periodSeconds: 5, timeoutSeconds: 3, endpointName: "http")
            .WithHttpProbe(ProbeType.Liveness, HealthPaths.Live, periodSeconds: 10, timeoutSeconds: 3, endpointName: "http");
#pragma warning restore ASPIREPROBES001
}
