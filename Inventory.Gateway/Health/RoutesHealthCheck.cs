using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Inventory.Gateway.Health;

/// <summary>
/// Ready while at least one instance of at least one service behind is not known to be dead. Reads must go on when the
/// command side is down, and the other way round; and a gateway that reaches nothing at all is better left out.
/// </summary>
internal sealed class RoutesHealthCheck(IProxyStateLookup proxy) : IHealthCheck
{
    public const string Name = "routes";

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(proxy.GetClusters().Any(IsUsable)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("No instance of any service answers."));

    private static bool IsUsable(ClusterState cluster) =>
        cluster.DestinationsState.AllDestinations.Any(destination =>
            destination.Health.Active != DestinationHealth.Unhealthy
            && destination.Health.Passive != DestinationHealth.Unhealthy);
}
