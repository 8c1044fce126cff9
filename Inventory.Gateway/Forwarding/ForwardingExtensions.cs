using Inventory.Gateway.Discovery;
using Inventory.Gateway.Health;
using Yarp.ReverseProxy.Health;

namespace Inventory.Gateway.Forwarding;

/// <summary>The routes and clusters of the <c>ReverseProxy</c> section, and how a request travels along them.</summary>
internal static class ForwardingExtensions
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    // So that a name whose addresses are not told apart is asked for again.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static void AddForwarding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IPassiveHealthCheckPolicy, ConnectionFailurePolicy>();
        services.AddReverseProxy()
            // Required: without its routes, started in another folder, the gateway would answer everything with 404.
            .LoadFromConfig(configuration.GetRequiredSection("ReverseProxy"))
            .AddDiscovery()
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = ConnectTimeout;
                handler.PooledConnectionLifetime = ConnectionLifetime;
            });
    }

    public static void MapForwarding(this WebApplication app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<UnavailableAnswer>();
            proxy.UseMiddleware<ReadRetry>();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
}
