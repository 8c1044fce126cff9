using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.ServiceDiscovery;

namespace Inventory.Gateway.Discovery;

/// <summary>
/// For services whose configured addresses (<c>services:query-api:http:0</c>) are names. Addresses that are none, and
/// services without any, are left to .NET's own providers.
/// </summary>
internal sealed class DnsEndpointProviderFactory(IConfiguration configuration, FollowedHosts hosts)
    : IServiceEndpointProviderFactory
{
    public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
    {
        var names = Names(query).ToArray();
        provider = names.Length > 0 ? new DnsEndpointProvider(names, hosts) : null;
        return provider is not null;
    }

    private IEnumerable<Uri> Names(ServiceEndpointQuery query)
    {
        var schemes = query.IncludedSchemes is { Count: > 0 } included ? included : [Uri.UriSchemeHttp];
        return schemes
            .SelectMany(scheme => configuration
                .GetSection($"services:{query.ServiceName}:{query.EndpointName ?? scheme}")
                .GetChildren())
            .Select(static address => Uri.TryCreate(address.Value, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .Where(static uri => uri.HostNameType == UriHostNameType.Dns);
    }
}
