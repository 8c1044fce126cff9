namespace Inventory.Servers.Kafka;

/// <summary>What a broker knows of its cluster: the ids of the live brokers and the topics.</summary>
internal sealed record KafkaMetadata(IReadOnlyList<int> Brokers, IReadOnlyDictionary<string, TopicMetadata> Topics);
