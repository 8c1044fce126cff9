using Confluent.Kafka;

namespace Inventory.Relay.Kafka;

/// <summary>What the promises of the relay rest on, set whatever the configuration says, and sensible bounds.</summary>
internal static class KafkaDefaults
{
    /// <summary>A message that is not acknowledged by then has failed and stays in the outbox.</summary>
    public static readonly TimeSpan MessageTimeout = TimeSpan.FromSeconds(5);

    private const string ConsumerGroup = "inventory-projector";

    public static void Apply(ProducerConfig config)
    {
        config.Acks = Acks.All;
        config.MessageTimeoutMs = (int)MessageTimeout.TotalMilliseconds;

        // The same partition for a key as the Java client picks, so that tools in either language agree.
        config.Partitioner = Partitioner.Murmur2Random;

        // Only a broker older than 0.11 has none. Without it a retried request may overtake the one after it.
        config.EnableIdempotence ??= true;
        if (config.EnableIdempotence == false)
        {
            config.MaxInFlight = 1;
        }

        // An event is some 400 bytes of JSON, most of it the same in every one.
        config.CompressionType ??= CompressionType.Lz4;
        config.LingerMs ??= 1;
    }

    public static void Apply(ConsumerConfig config)
    {
        config.GroupId ??= ConsumerGroup;
        config.AutoOffsetReset = AutoOffsetReset.Earliest;

        // An offset is stored only when Cassandra has acknowledged it; what is stored is committed in the background.
        config.EnableAutoOffsetStore = false;
        config.EnableAutoCommit = true;
        config.AutoCommitIntervalMs ??= 1000;
    }
}
