using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;

namespace Inventory.Relay.Projection;

/// <summary>Keeps messages that cannot be applied in a topic of their own, so that they neither block nor vanish.</summary>
internal sealed partial class DeadLetters(
    IProducer<string, byte[]> producer, ProjectionTelemetry telemetry, TimeProvider time, ILogger<DeadLetters> logger)
{
    /// <summary>Completes when Kafka has it: it must not be passed over before.</summary>
    public async Task KeepAsync(TakenMessage message, string reason, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartDeadLetter(message.Result, reason);
        var (partition, offset) = (message.Result.Partition.Value, message.Result.Offset.Value);
        var letter = new DeadLetter(
            reason,
            message.Result.Topic,
            partition,
            offset,
            message.Result.Message.Key,
            message.Result.Message.Value,
            activity?.Id,
            time.GetUtcNow());
        var record = new Message<string, byte[]>
        {
            Key = letter.Id,
            Value = JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJson.Default.DeadLetter),
        };
        var retryDelay = new RetryDelay();
        while (!await TrySendAsync(record, cancellationToken))
        {
            await Task.Delay(retryDelay.Next(), time, cancellationToken);
        }

        telemetry.DeadLettered(partition);
        LogDeadLetter(letter.Id, letter.Key, partition, offset, reason);
    }

    private async Task<bool> TrySendAsync(Message<string, byte[]> record, CancellationToken cancellationToken)
    {
        try
        {
            await producer.ProduceAsync(ResourceNames.DeadLetterTopic, record, cancellationToken);
            return true;
        }
        catch (ProduceException<string, byte[]> exception)
        {
            LogNotKept(exception, record.Key);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Set aside as {Id} the message {Key} at {Partition}/{Offset}: {Reason}")]
    private partial void LogDeadLetter(string id, string? key, int partition, long offset, string reason);

    [LoggerMessage(LogLevel.Warning, "Kafka did not take the dead letter {Id}; its partition waits.")]
    private partial void LogNotKept(Exception exception, string id);
}
