using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Inventory.Gateway.Clients;

/// <summary>
/// Whose <c>X-Forwarded-*</c> headers are believed: <c>ForwardedHeaders:KnownProxies</c> (addresses) and
/// <c>ForwardedHeaders:KnownNetworks</c> (CIDR). Nobody's by default, not even the loopback's, or a client could choose
/// the address by which it is rate-limited.
/// </summary>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("ForwardedHeaders");
        var proxies = ReadList(section, "KnownProxies").Select(IPAddress.Parse).ToArray();
        var networks = ReadList(section, "KnownNetworks").Select(System.Net.IPNetwork.Parse).ToArray();

        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            // An empty list of proxies would mean that everyone is believed.
            options.ForwardedHeaders = proxies.Length + networks.Length == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // As many hops as there are known proxies in a row; the first unknown address is the client.
            options.ForwardLimit = null;
            foreach (var proxy in proxies)
            {
                options.KnownProxies.Add(proxy);
            }

            foreach (var network in networks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
    }

    private static string[] ReadList(IConfiguration section, string name) =>
        section.GetSection(name).Get<string[]>() ?? [];
}
