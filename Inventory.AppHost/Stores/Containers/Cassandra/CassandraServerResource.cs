using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Stores.Containers.Cassandra;

/// <summary>A Cassandra node in a container.</summary>
/// <param name="name">Of the resource.</param>
/// <param name="datacenter">The data centre that the node is in, which clients must name as theirs.</param>
internal sealed class CassandraServerResource(string name, string datacenter)
    : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "cql";

    private EndpointReference? _primaryEndpoint;

    /// <summary>The native protocol.</summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, PrimaryEndpointName);

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public string Datacenter { get; } = datacenter;

    /// <summary>In the form that the DataStax driver reads too.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Contact Points={Host};Port={Port};Local Datacenter={Datacenter}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Datacenter", ReferenceExpression.Create($"{Datacenter}")),
    ];
}
