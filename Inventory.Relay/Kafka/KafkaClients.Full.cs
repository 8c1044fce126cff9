using Confluent.Kafka;
using Inventory.Contracts;

namespace Inventory.Relay.Kafka;

/// <summary>
/// The full set's clients: Aspire.Confluent.Kafka. Its health checks are off because they produce messages;
/// <see cref="KafkaHealthCheck"/> only asks.
/// </summary>
internal static class KafkaClients
{
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.AddKafkaProducer<string, byte[]>(
            ResourceNames.Kafka,
            settings =>
            {
                settings.DisableHealthChecks = true;
                KafkaDefaults.Apply(settings.Config);
            },
            (provider, producer) => producer.SetLogHandler(provider.GetRequiredService<KafkaLog>().Write));
        builder.AddKafkaConsumer<string, byte[]>(
            ResourceNames.Kafka,
            settings =>
            {
                settings.DisableHealthChecks = true;
                KafkaDefaults.Apply(settings.Config);
            },
            (provider, consumer) => consumer.SetLogHandler(provider.GetRequiredService<KafkaLog>().Write));
    }
}
