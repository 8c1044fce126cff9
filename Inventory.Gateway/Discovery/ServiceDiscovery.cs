using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Inventory.Gateway.Discovery;

/// <summary>Expands a cluster's <c>http://query-api</c> into the instances: .NET service discovery, then the name server.</summary>
internal static class ServiceDiscovery
{
    public static IReverseProxyBuilder AddDiscovery(this IReverseProxyBuilder proxy)
    {
        var services = proxy.Services;
        services.AddServiceDiscovery();
        proxy.AddServiceDiscoveryDestinationResolver();
        services.AddOptions<DiscoveryOptions>()
            .BindConfiguration(DiscoveryOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<NameLookup>(Dns.GetHostAddressesAsync);
        AddInstances(services);
        return proxy;
    }

    // Around the resolver of the package, whose type is its own.
    private static void AddInstances(IServiceCollection services)
    {
        var registered = services.Last(static service => service.ServiceType == typeof(IDestinationResolver));
        services.Remove(registered);
        services.AddSingleton<IDestinationResolver>(provider => ActivatorUtilities.CreateInstance<InstanceResolver>(
            provider,
            (IDestinationResolver)ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)));
    }
}
