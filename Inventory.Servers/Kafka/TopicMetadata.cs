namespace Inventory.Servers.Kafka;

/// <param name="Partitions">How many there are.</param>
/// <param name="HaveLeaders">Whether each of them can be written to.</param>
internal sealed record TopicMetadata(int Partitions, bool HaveLeaders);
