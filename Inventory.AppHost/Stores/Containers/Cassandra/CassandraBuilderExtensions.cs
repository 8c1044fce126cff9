using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.AppHost.Stores.Containers.Cassandra;

/// <summary>Cassandra as a resource, which neither Aspire nor its community toolkit has (docs/adr/0010).</summary>
internal static class CassandraBuilderExtensions
{
    private const int CqlPort = 9042;
    private const string DefaultDatacenter = "datacenter1";
    private const string DataPath = "/var/lib/cassandra";

    /// <param name="builder">The application.</param>
    /// <param name="name">Of the resource.</param>
    /// <param name="port">On the host; any free one unless given.</param>
    /// <param name="datacenter">Of the node.</param>
    public static IResourceBuilder<CassandraServerResource> AddCassandra(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int? port = null,
        string datacenter = DefaultDatacenter)
    {
        var cassandra = new CassandraServerResource(name, datacenter);
        var healthCheck = HealthCheckKey(cassandra);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            healthCheck, _ => new CqlHealthCheck(cassandra), failureStatus: null, tags: null));

        return builder.AddResource(cassandra)
            .WithEndpoint(port: port, targetPort: CqlPort, name: CassandraServerResource.PrimaryEndpointName)
            .WithImage(CassandraContainerImageTags.Image, CassandraContainerImageTags.Tag)
            .WithImageRegistry(CassandraContainerImageTags.Registry)
            .WithIconName("DatabaseStack")

            // The default snitch ignores what the data centre is called.
            .WithEnvironment("CASSANDRA_ENDPOINT_SNITCH", "GossipingPropertyFileSnitch")
            .WithEnvironment("CASSANDRA_DC", datacenter)
            .WithHealthCheck(healthCheck);
    }

    /// <summary>Keeps the data over restarts.</summary>
    public static IResourceBuilder<CassandraServerResource> WithDataVolume(
        this IResourceBuilder<CassandraServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly);

    /// <summary>Bounds the heap, of which Cassandra otherwise takes a quarter of the machine's memory.</summary>
    public static IResourceBuilder<CassandraServerResource> WithHeap(
        this IResourceBuilder<CassandraServerResource> builder, string size) =>
        builder.WithEnvironment("MAX_HEAP_SIZE", size);

    /// <param name="builder">The cluster.</param>
    /// <param name="name">Of the resource, and of its connection.</param>
    /// <param name="keyspaceName">Inside Cassandra; the resource's name unless given.</param>
    public static IResourceBuilder<CassandraKeyspaceResource> AddKeyspace(
        this IResourceBuilder<CassandraServerResource> builder, [ResourceName] string name, string? keyspaceName = null) =>
        builder.ApplicationBuilder
            .AddResource(new CassandraKeyspaceResource(name, keyspaceName ?? name, builder.Resource))
            .WithHealthCheck(HealthCheckKey(builder.Resource));

    private static string HealthCheckKey(CassandraServerResource cassandra) => $"{cassandra.Name}_check";
}
