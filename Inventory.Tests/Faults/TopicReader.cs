using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.Faults;

/// <summary>Reads whole topics with a plain client.</summary>
internal static class TopicReader
{
    /// <returns>The versions of each key in the order of the topic of stock changes.</returns>
    public static Dictionary<StockKey, List<long>> ReadVersions(string bootstrapServers) =>
        VersionsOf(ReadAll(bootstrapServers, ResourceNames.StockChangesTopic));

    /// <returns>The versions of each key in the order of the messages.</returns>
    public static Dictionary<StockKey, List<long>> VersionsOf(IEnumerable<Message<string, byte[]>> messages) => messages
        .Select(TryReadChange)
        .OfType<StockChanged>()
        .GroupBy(change => change.ToKey())
        .ToDictionary(key => key.Key, key => key.Select(change => change.Version).ToList());

    /// <returns>Every message; those of a partition in their order.</returns>
    public static IReadOnlyList<Message<string, byte[]>> ReadAll(string bootstrapServers, string topic)
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
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions.Count;
        consumer.Assign(Enumerable.Range(0, partitions)
            .Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));

        var messages = new List<Message<string, byte[]>>();
        for (var ended = 0; ended < partitions;)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException($"{topic} does not end.");
            if (result.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                messages.Add(result.Message);
            }
        }

        consumer.Close();
        return messages;
    }

    // Another test may have sent what is no stock change.
    private static StockChanged? TryReadChange(Message<string, byte[]> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message.Value, EventJson.Default.StockChangedEvent)?.Data;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
