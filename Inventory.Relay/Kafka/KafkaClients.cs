using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Relay.Projection;

namespace Inventory.Relay.Kafka;

/// <summary>The reduced set's twin of Aspire.Confluent.Kafka: the same connection name and configuration sections.</summary>
internal static class KafkaClients
{
    public static void Add(IHostApplicationBuilder builder)
    {
        var bootstrapServers = builder.Configuration.GetConnectionString(ResourceNames.Kafka)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Kafka} is missing.");

        var producer = new ProducerConfig();
        builder.Configuration.GetSection("Aspire:Confluent:Kafka:Producer:Config").Bind(producer);
        producer.BootstrapServers = bootstrapServers;
        KafkaDefaults.Apply(producer);

        var consumer = new ConsumerConfig();
        builder.Configuration.GetSection("Aspire:Confluent:Kafka:Consumer:Config").Bind(consumer);
        consumer.BootstrapServers = bootstrapServers;
        KafkaDefaults.Apply(consumer);

        builder.Services.AddSingleton(provider => new EventProducer(producer, provider.GetRequiredService<KafkaLog>()));
        builder.Services.AddSingleton(provider => new ProducerBuilder<string, byte[]>(producer)
            .SetLogHandler(provider.GetRequiredService<KafkaLog>().Write)
            .Build());
        builder.Services.AddSingleton(provider => new ConsumerBuilder<byte[], byte[]>(consumer)
            .SetLogHandler(provider.GetRequiredService<KafkaLog>().Write)
            .SetPartitionsAssignedHandler((_, partitions) => provider.GetRequiredService<PartitionLanes>().Assign(partitions))
            .SetPartitionsRevokedHandler((_, partitions) =>
                provider.GetRequiredService<PartitionLanes>().Revoke(partitions.Select(each => each.TopicPartition)))
            .SetPartitionsLostHandler((_, partitions) =>
                provider.GetRequiredService<PartitionLanes>().Lose(partitions.Select(each => each.TopicPartition)))
            .Build());
    }
}
