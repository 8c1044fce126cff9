using Inventory.Kafka;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Relay.Kafka;

/// <summary>The clients of Confluent.Kafka, as they are where nothing else is served.</summary>
public sealed class ConfluentKafkaRegistrationTests(RealServers servers) : KafkaRegistrationContract(servers)
{
    private protected override IKafkaRegistration Registration { get; } = new ConfluentKafkaRegistration();
}
