using System.Net;
using Microsoft.Extensions.ServiceDiscovery;

namespace Inventory.Gateway.Discovery;

/// <summary>An endpoint for every address of the names. Without any yet, the names themselves are the next provider's.</summary>
/// <param name="names">Such as <c>http://query-api-headless:8080</c>.</param>
/// <param name="hosts">Tells their addresses, and when they change.</param>
internal sealed class DnsEndpointProvider(IReadOnlyList<Uri> names, FollowedHosts hosts) : IServiceEndpointProvider
{
    public async ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            var answer = await hosts.Get(name.IdnHost).AnswerAsync(cancellationToken);
            endpoints.AddChangeToken(answer.Outdated);
            foreach (var address in answer.Addresses)
            {
                endpoints.Endpoints.Add(ServiceEndpoint.Create(new IPEndPoint(address, name.Port)));
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
