using Inventory.Contracts.Composition;

namespace Inventory.Kafka;

/// <summary>Which registration a program uses: that of Aspire.Confluent.Kafka wherever it is compiled in.</summary>
internal static class KafkaRegistration
{
    public static IKafkaRegistration Find() =>
        SeparatePart.Find<IKafkaRegistration>("Inventory.Kafka.Aspire", "AspireKafkaRegistration")
        ?? new ConfluentKafkaRegistration();
}
