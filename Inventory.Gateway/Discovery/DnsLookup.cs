using System.Net;

namespace Inventory.Gateway.Discovery;

/// <summary>As the machine's resolver is configured.</summary>
internal sealed class DnsLookup : IHostLookup
{
    public Task<IPAddress[]> LookUpAsync(string host) => Dns.GetHostAddressesAsync(host);
}
