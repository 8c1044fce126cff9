using Aspire.Hosting.ApplicationModel;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Kubernetes.Model;

/// <summary>Where a resource listens.</summary>
/// <param name="Name">Of the endpoint, and of the port.</param>
/// <param name="Scheme">Of its address.</param>
/// <param name="TargetPort">Inside the container.</param>
/// <param name="Port">Beneath the name of its service. A headless one has no ports of its own: it is the container's.</param>
/// <param name="IsExternal">Whether anybody may come.</param>
internal sealed record ModelEndpoint(string Name, string Scheme, int TargetPort, int Port, bool IsExternal)
{
    public static ModelEndpoint Of(EndpointReference reference) => Of(reference.EndpointAnnotation);

    public static ModelEndpoint Of(EndpointAnnotation endpoint)
    {
        // A project has no port of its own unless one was asked for: it takes that of .NET's images.
        var target = endpoint.TargetPort ?? ServicePorts.Container;
        return new ModelEndpoint(
            endpoint.Name, endpoint.UriScheme, target, endpoint.IsExternal ? ServicePorts.Door : target, endpoint.IsExternal);
    }
}
