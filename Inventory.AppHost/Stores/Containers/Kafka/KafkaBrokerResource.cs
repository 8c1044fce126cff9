using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Stores.Containers.Kafka;

/// <summary>One Kafka node in a container, broker and controller at once (KRaft).</summary>
internal sealed class KafkaBrokerResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    private EndpointReference? _primaryEndpoint;

    /// <summary>Where clients connect, and what the broker tells them to connect to.</summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>The bootstrap servers.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
}
