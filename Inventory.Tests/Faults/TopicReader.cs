using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.Faults;

/// <summary>Reads the whole topic of stock changes with a plain client.</summary>
internal static class TopicReader
{
    /// <returns>The versions of each key in the order of the topic.</returns>
    public static Dictionary<StockKey, List<long>> ReadVersions(string bootstrapServers)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = $"test-{Guid.NewGuid():n}",
            ApiVersionRequest = false,
            BrokerVersionFallback = "0.9.0.1",
            EnablePartitionEof = true,
            EnableAutoCommit = false,
        }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(ResourceNames.StockChangesTopic, TimeSpan.FromSeconds(10))
            .Topics.Single().Partitions.Count;
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition =>
            new TopicPartitionOffset(ResourceNames.StockChangesTopic, partition, Offset.Beginning)));

        var versions = new Dictionary<StockKey, List<long>>();
        for (var ended = 0; ended < partitions;)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException("The topic does not end.");
            if (result.IsPartitionEOF)
            {
                ended++;
                continue;
            }

            var change = JsonSerializer.Deserialize(result.Message.Value, EventJson.Default.StockChangedEvent)!.Data;
            if (!versions.TryGetValue(change.ToKey(), out var ofKey))
            {
                versions.Add(change.ToKey(), ofKey = []);
            }

            ofKey.Add(change.Version);
        }

        consumer.Close();
        return versions;
    }
}
