using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Inventory.Tests.Gateway.Discovery;

/// <summary>Leaves the destinations as they are, as .NET service discovery does with a name that nobody configured.</summary>
internal sealed class AsConfigured : IDestinationResolver
{
    public CancellationTokenSource Change { get; } = new();

    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ResolvedDestinationCollection(destinations, new CancellationChangeToken(Change.Token)));
}
