using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Relay.Telemetry;

namespace Inventory.Relay.Projection;

/// <summary>Keeps messages that are no stock changes in a topic of their own, so that they neither block nor vanish.</summary>
internal sealed partial class DeadLetters(
    IProducer<string, byte[]> producer, RelayTelemetry telemetry, ILogger<DeadLetters> logger)
{
    /// <exception cref="ProduceException{TKey, TValue}">Kafka did not take it; it must not be passed over then.</exception>
    public async Task KeepAsync(ConsumeResult<string, byte[]> message, string reason, CancellationToken cancellationToken)
    {
        var letter = new DeadLetter(
            reason,
            message.Topic,
            message.Partition.Value,
            message.Offset.Value,
            message.Message.Key,
            message.Message.Value);
        await producer.ProduceAsync(
            ResourceNames.DeadLetterTopic,
            new Message<string, byte[]>
            {
                Key = message.Message.Key,
                Value = JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJson.Default.DeadLetter),
            },
            cancellationToken);

        telemetry.DeadLettered();
        LogDeadLetter(message.Message.Key, message.Partition.Value, message.Offset.Value, reason);
    }

    [LoggerMessage(LogLevel.Error, "Set aside message {Key} at {Partition}/{Offset}: {Reason}")]
    private partial void LogDeadLetter(string key, int partition, long offset, string reason);
}
