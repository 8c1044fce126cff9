using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Inventory.Tools.Kafka;

namespace Inventory.Tools.Rebuild;

/// <summary>
/// Whether a topic is the one that a checkpoint tells of. A topic that was made anew has other messages under the same offsets,
/// and old brokers give topics no identity, so the last message that was done with has to be there still. If compaction has
/// taken it the rebuild begins anew, which costs time only.
/// </summary>
internal static class TopicContinuity
{
    public static string FingerprintOf(Message<string, byte[]> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{message.Key}\0"));
        hash.AppendData(message.Value ?? []);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <exception cref="ToolException">Kafka does not answer.</exception>
    public static bool Holds(string bootstrapServers, string topic, RebuildCheckpoint checkpoint)
    {
        using var consumer = KafkaConnection.Consumer(bootstrapServers);
        return (checkpoint.Offsets ?? new Dictionary<int, long>()).All(next =>
            checkpoint.Fingerprints?.GetValueOrDefault(next.Key) is { } fingerprint
            && Read(consumer, new TopicPartitionOffset(topic, next.Key, next.Value - 1)) is { } message
            && FingerprintOf(message) == fingerprint);
    }

    /// <returns>Null if there is no message at that offset.</returns>
    private static Message<string, byte[]>? Read(IConsumer<string, byte[]> consumer, TopicPartitionOffset at)
    {
        try
        {
            // Asking for an offset that there is not would wait for the next message.
            if (consumer.QueryWatermarkOffsets(at.TopicPartition, KafkaConnection.Timeout).High <= at.Offset)
            {
                return null;
            }

            consumer.Assign(at);
            return consumer.Consume(KafkaConnection.Timeout) is { IsPartitionEOF: false } result && result.Offset == at.Offset
                ? result.Message
                : null;
        }
        catch (KafkaException exception)
        {
            throw new ToolException($"Kafka did not answer: {exception.Error.Reason}");
        }
    }
}
