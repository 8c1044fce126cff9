using Yarp.ReverseProxy.ServiceDiscovery;

namespace Inventory.Gateway.Discovery;

/// <summary>Expands a cluster's <c>http://query-api</c> into the instances: our own resolver.</summary>
internal static class ServiceDiscovery
{
    public static IReverseProxyBuilder AddDiscovery(this IReverseProxyBuilder proxy)
    {
        proxy.Services.AddSingleton<IDestinationResolver, ConfiguredDestinationResolver>();
        return proxy;
    }
}
