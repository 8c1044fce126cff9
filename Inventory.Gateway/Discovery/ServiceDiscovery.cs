using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery;

namespace Inventory.Gateway.Discovery;

/// <summary>
/// Expands a cluster's <c>http://query-api</c> into the instances: .NET service discovery, from the configuration and, with
/// <c>Gateway:Discovery:Dns</c>, from the name server.
/// </summary>
internal static class ServiceDiscovery
{
    public static IReverseProxyBuilder AddDiscovery(this IReverseProxyBuilder proxy, IConfiguration configuration)
    {
        var section = configuration.GetSection(DiscoveryOptions.SectionName);
        proxy.Services.AddOptions<DiscoveryOptions>().Bind(section).ValidateOnStart();
        proxy.Services.AddSingleton<IValidateOptions<DiscoveryOptions>, DiscoveryOptionsValidator>();
        if (section.GetValue<bool>(nameof(DiscoveryOptions.Dns)))
        {
            proxy.Services.AddSingleton<IHostLookup, DnsLookup>();
            proxy.Services.AddSingleton<FollowedHosts>();

            // Before the one that AddServiceDiscovery adds: who comes first decides.
            proxy.Services.AddSingleton<IServiceEndpointProviderFactory, DnsEndpointProviderFactory>();
        }

        proxy.Services.AddServiceDiscovery();
        return proxy.AddServiceDiscoveryDestinationResolver();
    }
}
