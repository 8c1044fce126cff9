using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Relay.Projection;

namespace Inventory.Relay.Kafka;

/// <summary>
/// The full set's clients: Aspire.Confluent.Kafka. Its telemetry and health checks are off: the spans of the relay name the
/// order that a message came from, and <see cref="KafkaHealthCheck"/> asks instead of producing.
/// </summary>
internal static class KafkaClients
{
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.AddKafkaProducer<string, byte[]>(
            ResourceNames.Kafka,
            settings =>
            {
                settings.DisableHealthChecks = settings.DisableMetrics = settings.DisableTracing = true;
                KafkaDefaults.Apply(settings.Config);
                var config = new ProducerConfig(settings.Config) { BootstrapServers = settings.ConnectionString };
                builder.Services.AddSingleton(provider => new EventProducer(config, provider.GetRequiredService<KafkaLog>()));
            },
            (provider, producer) => producer.SetLogHandler(provider.GetRequiredService<KafkaLog>().Write));
        builder.AddKafkaConsumer<string, byte[]>(
            ResourceNames.Kafka,
            settings =>
            {
                settings.DisableHealthChecks = settings.DisableMetrics = settings.DisableTracing = true;
                KafkaDefaults.Apply(settings.Config);
            },
            (provider, consumer) => consumer
                .SetLogHandler(provider.GetRequiredService<KafkaLog>().Write)
                .SetPartitionsAssignedHandler((_, partitions) => provider.GetRequiredService<PartitionLanes>().Assign(partitions))
                .SetPartitionsRevokedHandler((_, partitions) =>
                    provider.GetRequiredService<PartitionLanes>().Revoke(partitions.Select(each => each.TopicPartition)))
                .SetPartitionsLostHandler((_, partitions) =>
                    provider.GetRequiredService<PartitionLanes>().Lose(partitions.Select(each => each.TopicPartition))));
    }
}
