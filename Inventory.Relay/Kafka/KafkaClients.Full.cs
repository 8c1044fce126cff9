using Confluent.Kafka;
using Inventory.Contracts;

namespace Inventory.Relay.Kafka;

/// <summary>The full set's clients: Aspire.Confluent.Kafka.</summary>
internal static class KafkaClients
{
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.AddKafkaProducer<string, byte[]>(
            ResourceNames.Kafka,
            settings => KafkaDefaults.Apply(settings.Config),
            (provider, producer) => producer.SetLogHandler(provider.GetRequiredService<KafkaLog>().Write));
        builder.AddKafkaConsumer<string, byte[]>(
            ResourceNames.Kafka,
            settings => KafkaDefaults.Apply(settings.Config),
            (provider, consumer) => consumer.SetLogHandler(provider.GetRequiredService<KafkaLog>().Write));
    }
}
