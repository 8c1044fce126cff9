using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Kafka;
using Inventory.Relay.Projection;

namespace Inventory.Relay.Kafka;

/// <summary>The relay's clients of Kafka, its check of the topic and the producer that can be replaced.</summary>
internal static class KafkaClients
{
    public static void Add(IHostApplicationBuilder builder, IKafkaRegistration registration)
    {
        if (builder.Configuration.GetConnectionString(ResourceNames.Kafka) is null)
        {
            throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Kafka} is missing.");
        }

        registration.AddProducer(builder, ResourceNames.Kafka, KafkaDefaults.Apply);
        registration.AddConsumer(builder, ResourceNames.Kafka, KafkaDefaults.Apply, FollowPartitions);
        builder.Services.AddSingleton<EventProducer>();
        builder.Services.AddHealthChecks().AddCheck<KafkaHealthCheck>("kafka", tags: ["ready"]);
    }

    private static void FollowPartitions(IServiceProvider provider, ConsumerBuilder<byte[], byte[]> consumer) => consumer
        .SetPartitionsAssignedHandler((_, partitions) => provider.GetRequiredService<PartitionLanes>().Assign(partitions))
        .SetPartitionsRevokedHandler((_, partitions) =>
            provider.GetRequiredService<PartitionLanes>().Revoke(partitions.Select(each => each.TopicPartition)))
        .SetPartitionsLostHandler((_, partitions) =>
            provider.GetRequiredService<PartitionLanes>().Lose(partitions.Select(each => each.TopicPartition)));
}
