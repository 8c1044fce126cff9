using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Inventory.Gateway.Discovery;

/// <summary>
/// Makes an instance of every address that a host has, such as a headless service of Kubernetes, which has one for each ready
/// pod. So each is balanced and its health is judged on its own, a new one gets requests within a refresh, and one that is
/// gone gets none. Addresses and <c>localhost</c>, of a developer's machine, stay as they are.
/// </summary>
/// <remarks>
/// While the name server fails, the last answer holds: it is of no use to forget instances that still answer, and one that
/// does not is found by its health.
/// </remarks>
/// <param name="services">Knows where a service is: .NET service discovery.</param>
/// <param name="lookup">The name server.</param>
/// <param name="options">How often and how long it is asked.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told of failures and changes.</param>
internal sealed partial class InstanceResolver(
    IDestinationResolver services,
    NameLookup lookup,
    IOptions<DiscoveryOptions> options,
    TimeProvider time,
    ILogger<InstanceResolver> logger) : IDestinationResolver
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _known = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var found = await services.ResolveDestinationsAsync(destinations, cancellationToken);
        var instances = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        var hasNames = false;
        foreach (var (name, destination) in found.Destinations)
        {
            var address = new Uri(destination.Address);
            if (address.HostNameType != UriHostNameType.Dns || address.IsLoopback)
            {
                instances[name] = destination;
                continue;
            }

            hasNames = true;
            Add(instances, name, destination, address, await AddressesAsync(address.Host, cancellationToken));
        }

        return new ResolvedDestinationCollection(instances, hasNames ? Sooner(found.ChangeToken) : found.ChangeToken);
    }

    private static void Add(
        Dictionary<string, DestinationConfig> instances,
        string name,
        DestinationConfig destination,
        Uri service,
        IPAddress[] addresses)
    {
        if (addresses.Length == 0)
        {
            // Never resolved: requests fail by the name, which is what their errors are to say.
            instances[name] = destination;
        }

        foreach (var address in addresses)
        {
            var instance = new UriBuilder(service) { Host = address.ToString() }.Uri;

            // Named by its address: another one at the same place in the list is another instance, with its own health.
            instances[$"{name}[{instance.Authority}]"] = destination with
            {
                Address = instance.ToString(),
                Health = null,
                Host = destination.Host ?? service.Authority,
            };
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        var last = _known.GetValueOrDefault(host, []);
        try
        {
            using var timeout = new CancellationTokenSource(options.Value.LookupTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            var addresses = await lookup(host, either.Token).WaitAsync(either.Token);
            if (addresses.Length == 0)
            {
                return last;
            }

            if (!addresses.ToHashSet().SetEquals(last))
            {
                LogChanged(host, addresses.Length);
            }

            return _known[host] = addresses;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, host, last.Length);
            return last;
        }
    }

    private CompositeChangeToken Sooner(IChangeToken? change)
    {
        var refresh = new CancellationChangeToken(new CancellationTokenSource(options.Value.RefreshPeriod, time).Token);
        return new CompositeChangeToken(change is null ? [refresh] : [refresh, change]);
    }

    [LoggerMessage(LogLevel.Information, "{Host} has {Count} instances.")]
    private partial void LogChanged(string host, int count);

    [LoggerMessage(LogLevel.Warning, "The name server does not answer for {Host}; its last {Count} instances stay.")]
    private partial void LogFailed(Exception exception, string host, int count);
}
