using Confluent.Kafka;

namespace Inventory.Tools.Kafka;

/// <summary>Reads a topic from given offsets to where it ended when the scan began; messages of a partition in order.</summary>
internal sealed class TopicScan : IDisposable
{
    private readonly IConsumer<string, byte[]> _consumer;
    private readonly Dictionary<int, long> _ends = [];

    /// <param name="bootstrapServers">Of Kafka.</param>
    /// <param name="topic">Its name.</param>
    /// <param name="from">Where to go on, by partition; a partition that is not named begins at its beginning.</param>
    /// <exception cref="ToolException">No broker answers, or there is no such topic.</exception>
    public TopicScan(string bootstrapServers, string topic, IReadOnlyDictionary<int, long> from)
    {
        _consumer = KafkaConnection.Consumer(bootstrapServers);
        try
        {
            using var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
            var metadata = admin.GetMetadata(topic, KafkaConnection.Timeout).Topics.Single();
            if (metadata.Error.IsError || metadata.Partitions.Count == 0)
            {
                throw new ToolException($"Kafka at {bootstrapServers} has no topic {topic}: {metadata.Error.Reason}");
            }

            var starts = new List<TopicPartitionOffset>();
            foreach (var partition in metadata.Partitions.Select(each => new TopicPartition(topic, each.PartitionId)))
            {
                var reach = _consumer.QueryWatermarkOffsets(partition, KafkaConnection.Timeout);
                var start = Math.Max(reach.Low.Value, from.GetValueOrDefault(partition.Partition.Value));
                if (start < reach.High.Value)
                {
                    starts.Add(new TopicPartitionOffset(partition, start));
                    _ends.Add(partition.Partition.Value, reach.High.Value);
                    Total += reach.High.Value - start;
                }
            }

            _consumer.Assign(starts);
        }
        catch (KafkaException exception)
        {
            _consumer.Dispose();
            throw new ToolException($"Kafka at {bootstrapServers} did not answer: {exception.Error.Reason}");
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }
    }

    /// <summary>How many messages there are to read at most; compaction may have removed some.</summary>
    public long Total { get; }

    public IEnumerable<ConsumeResult<string, byte[]>> Read(CancellationToken cancellationToken)
    {
        var open = _ends.Keys.ToHashSet();
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = _consumer.Consume(KafkaConnection.Timeout)
                ?? throw new ToolException("Kafka did not answer while the topic was read.");
            var end = _ends[result.Partition.Value];
            if (!result.IsPartitionEOF && result.Offset.Value < end)
            {
                yield return result;
            }

            if (result.IsPartitionEOF || result.Offset.Value + 1 >= end)
            {
                open.Remove(result.Partition.Value);
            }
        }
    }

    public void Dispose() => _consumer.Dispose();
}
