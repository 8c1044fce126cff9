using System.Globalization;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Kafka;

namespace Inventory.Servers;

/// <summary>What turns the servers into the stores of this system: topics and connection strings.</summary>
public static class LocalStores
{
    /// <summary>
    /// Of the stock changes where one broker has one projector. The client sends a request for each partition, and an old
    /// broker allows one of them to be under way: with 12 partitions and 500 changes a second a change waited 30 ms for its
    /// turn, and with 4 it was visible after 24 ms (p50) instead of 9.
    /// </summary>
    public const int TopicPartitions = 1;

    private static readonly Dictionary<string, string> TopicConfiguration = new() { ["cleanup.policy"] = "compact" };

    /// <summary>Kafka with the topics, which a broker as old as this one cannot create on a client's request.</summary>
    public static async Task<KafkaCluster> StartKafkaAsync(
        KafkaOptions options, int partitions, CancellationToken cancellationToken)
    {
        var kafka = await KafkaCluster.StartAsync(options, cancellationToken);
        try
        {
            await Task.WhenAll(
                kafka.CreateTopicAsync(ResourceNames.StockChangesTopic, partitions, TopicConfiguration, cancellationToken),
                kafka.CreateTopicAsync(ResourceNames.DeadLetterTopic, partitions: 1, TopicConfiguration, cancellationToken),
                kafka.CreateTopicAsync(ResourceNames.HealthChecksTopic, partitions: 1, TopicConfiguration, cancellationToken));
            return kafka;
        }
        catch
        {
            await kafka.DisposeAsync();
            throw;
        }
    }

    public static string ConnectionString(CassandraCluster cassandra) => string.Create(
        CultureInfo.InvariantCulture,
        $"Contact Points={string.Join(',', cassandra.ContactPoints)};Port={cassandra.Port};Local Datacenter={cassandra.LocalDatacenter};Default Keyspace={StoreNames.Keyspace}");
}
