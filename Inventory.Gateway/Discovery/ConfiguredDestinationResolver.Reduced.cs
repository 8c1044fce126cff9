using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Inventory.Gateway.Discovery;

/// <summary>
/// Reads a service's instances from <c>services:{name}:{scheme}:{index}</c>, as Microsoft.Extensions.ServiceDiscovery
/// does. A name that is not configured passes through for the name server to resolve, such as a Kubernetes service's.
/// </summary>
internal sealed class ConfiguredDestinationResolver(IConfiguration configuration) : IDestinationResolver
{
    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations,
        CancellationToken cancellationToken)
    {
        // Taken before reading: a change in between must not be missed.
        var changed = configuration.GetReloadToken();
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, destination) in destinations)
        {
            var service = new Uri(destination.Address);
            var addresses = InstancesOf(service);
            if (addresses.Count == 0)
            {
                resolved[name] = destination;
            }

            foreach (var address in addresses)
            {
                // Named by its address: another one at the same index is another instance, with its own health.
                resolved[$"{name}[{address}]"] = destination with
                {
                    Address = new Uri(new Uri(address), service.PathAndQuery).ToString(),
                    Host = destination.Host ?? service.Authority,
                };
            }
        }

        return ValueTask.FromResult(new ResolvedDestinationCollection(resolved, changed));
    }

    private List<string> InstancesOf(Uri service) =>
        configuration.GetSection($"services:{service.Host}:{service.Scheme}")
            .GetChildren()
            .Select(instance => instance.Value)
            .OfType<string>()
            .Where(address => !string.IsNullOrWhiteSpace(address))
            .ToList();
}
