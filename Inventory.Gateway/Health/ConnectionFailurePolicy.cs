using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Inventory.Gateway.Health;

/// <summary>
/// Takes an instance out of rotation at the first connection that can't be made to it. YARP's own policy waits for 30 %
/// of a minute's requests to fail, which is a third of a minute of failures when a busy instance dies.
/// </summary>
/// <remarks>
/// Only connecting counts: other transport failures can be brought about by what a client sends, and a client must not
/// be able to take instances out. An instance that hangs is found by the active checks.
/// </remarks>
internal sealed class ConnectionFailurePolicy(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    private static readonly TimeSpan DefaultReactivation = TimeSpan.FromSeconds(5);

    public string Name => "ConnectionFailure";

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        var error = context.GetForwarderErrorFeature();
        if (error is null)
        {
            health.SetPassive(cluster, destination, DestinationHealth.Healthy, TimeSpan.Zero);
        }
        else if (error.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
        {
            var reactivation = cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod ?? DefaultReactivation;
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, reactivation);
        }
    }
}
