using Confluent.Kafka;

namespace Inventory.Tools.Kafka;

/// <summary>Clients for Kafka as every tool wants them.</summary>
internal static class KafkaConnection
{
    /// <summary>How long a broker may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    // What a broker that cannot be asked is taken for.
    private const string OldestBroker = "0.9.0.1";

    public static IProducer<string, byte[]> Producer(string bootstrapServers) =>
        new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            BrokerVersionFallback = OldestBroker,
            ApiVersionRequest = BrokerAge.AnswersVersions(bootstrapServers),
            Acks = Acks.All,
            MaxInFlight = 1,
            LingerMs = 0,

            // What a topic takes its broker knows best; the client's own bound is below that of some.
            MessageMaxBytes = 100_000_000,
            MessageTimeoutMs = (int)Timeout.TotalMilliseconds,

            // The same partition for a key as the relay picks.
            Partitioner = Partitioner.Murmur2Random,
        })
            .SetLogHandler((_, _) => { })
            .Build();

    /// <summary>A consumer that joins no group and commits only what it is told to.</summary>
    public static IConsumer<string, byte[]> Consumer(string bootstrapServers, string group = "inventory-tools") =>
        new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            BrokerVersionFallback = OldestBroker,
            ApiVersionRequest = BrokerAge.AnswersVersions(bootstrapServers),
            GroupId = group,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            FetchWaitMaxMs = 100,
        })
            .SetLogHandler((_, _) => { })
            .Build();
}
