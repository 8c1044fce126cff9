using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.Contracts.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.AppHost.Stores.Containers.Kafka;

/// <summary>Kafka as a resource of our own: Aspire's is not served by every registry (docs/adr/0027).</summary>
internal static class KafkaBuilderExtensions
{
    private const string DataPath = "/var/lib/kafka/data";

    /// <param name="builder">The application.</param>
    /// <param name="name">Of the resource, and of its connection.</param>
    public static IResourceBuilder<KafkaBrokerResource> AddKafkaBroker(
        this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        var kafka = new KafkaBrokerResource(name);
        var healthCheck = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            healthCheck, _ => new KafkaHealthCheck(kafka), failureStatus: null, tags: null));

        return builder.AddResource(kafka)
            .WithImage(KafkaContainerImageTags.Image, KafkaContainerImageTags.Tag)
            .WithImageRegistry(KafkaContainerImageTags.Registry)
            .WithIconName("Stream")
            .WithEndpoint(targetPort: StorePorts.Kafka, name: KafkaBrokerResource.PrimaryEndpointName, protocol: ProtocolType.Tcp)

            // The image takes no default of its own once one setting is given: this is all that a single node needs.
            .WithEnvironment("KAFKA_NODE_ID", "1")
            .WithEnvironment("KAFKA_PROCESS_ROLES", "broker,controller")
            .WithEnvironment("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
            .WithEnvironment("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
            .WithEnvironment("KAFKA_LISTENERS", "CLIENTS://:9092,CONTROLLER://:9093")
            .WithEnvironment("KAFKA_INTER_BROKER_LISTENER_NAME", "CLIENTS")
            .WithEnvironment("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT")
            .WithEnvironment(
                "KAFKA_ADVERTISED_LISTENERS",
                ReferenceExpression.Create($"CLIENTS://{kafka.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}"))
            .WithEnvironment("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
            .WithEnvironment("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
            .WithEnvironment("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
            .WithEnvironment("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")

            // Beneath the volume, because Kafka takes every folder beside its logs for a topic, and a fresh disk has lost+found.
            .WithEnvironment("KAFKA_LOG_DIRS", $"{DataPath}/logs")
            .WithHealthCheck(healthCheck);
    }

    /// <summary>Keeps the data over restarts.</summary>
    public static IResourceBuilder<KafkaBrokerResource> WithDataVolume(
        this IResourceBuilder<KafkaBrokerResource> builder, string name) => builder.WithVolume(name, DataPath);
}
