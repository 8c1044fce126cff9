namespace Inventory.Gateway.Discovery;

/// <summary>Expands a cluster's <c>http://query-api</c> into the instances: .NET service discovery.</summary>
internal static class ServiceDiscovery
{
    public static IReverseProxyBuilder AddDiscovery(this IReverseProxyBuilder proxy)
    {
        proxy.Services.AddServiceDiscovery();
        return proxy.AddServiceDiscoveryDestinationResolver();
    }
}
