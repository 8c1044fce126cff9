using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Tools.Kafka;

namespace Inventory.Tests.Faults.Projection;

/// <summary>Watches where the group of the projectors would go on.</summary>
internal sealed class CommittedOffsets : IDisposable
{
    private readonly IConsumer<string, byte[]> _consumer;
    private readonly Dictionary<int, long> _highest = [];

    public CommittedOffsets(string bootstrapServers) =>
        _consumer = KafkaConnection.Consumer(bootstrapServers, "inventory-projector");

    /// <summary>No partition may go back.</summary>
    public void AssertNoneWentBack()
    {
        using var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        var partitions = admin.GetMetadata(ResourceNames.StockChangesTopic, KafkaConnection.Timeout).Topics.Single().Partitions
            .Select(partition => new TopicPartition(ResourceNames.StockChangesTopic, partition.PartitionId));
        foreach (var committed in _consumer.Committed(partitions, KafkaConnection.Timeout).Where(each => !each.Offset.IsSpecial))
        {
            var before = _highest.GetValueOrDefault(committed.Partition.Value);
            Assert.True(committed.Offset.Value >= before, $"{committed} is before {before}.");
            _highest[committed.Partition.Value] = committed.Offset.Value;
        }
    }

    public void Dispose() => _consumer.Dispose();
}
