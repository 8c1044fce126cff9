using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Tools.Kafka;

namespace Inventory.Tools.DeadLetters;

/// <summary>The letters as the topic has them: of the records of an id the last one counts.</summary>
internal sealed class DeadLetterTopic(string bootstrapServers, TimeProvider time)
{
    /// <returns>Every letter, resolved ones too, by when they were set aside.</returns>
    public IReadOnlyList<DeadLetter> ReadAll(CancellationToken cancellationToken)
    {
        using var scan = new TopicScan(bootstrapServers, ResourceNames.DeadLetterTopic, new Dictionary<int, long>());
        var letters = new Dictionary<string, DeadLetter>(StringComparer.Ordinal);
        foreach (var record in scan.Read(cancellationToken))
        {
            if (TryRead(record.Message) is { } letter)
            {
                letters[letter.Id] = letter;
            }
        }

        return [.. letters.Values.OrderBy(letter => letter.SetAsideAt).ThenBy(letter => letter.Id, StringComparer.Ordinal)];
    }

    /// <summary>Writes over the letter what became of it; the value goes with the next compaction.</summary>
    public async Task<DeadLetter> ResolveAsync(DeadLetter letter, string outcome, CancellationToken cancellationToken)
    {
        var resolved = letter with
        {
            Value = null,
            Resolution = new DeadLetterResolution(outcome, time.GetUtcNow(), Environment.UserName),
        };
        await SendAsync(
            ResourceNames.DeadLetterTopic,
            letter.Id,
            JsonSerializer.SerializeToUtf8Bytes(resolved, DeadLetterJson.Default.DeadLetter),
            cancellationToken);
        return resolved;
    }

    /// <summary>Sends a message and waits until Kafka has it.</summary>
    /// <exception cref="ToolException">Kafka did not take it.</exception>
    public async Task SendAsync(string topic, string key, byte[] value, CancellationToken cancellationToken)
    {
        using var producer = KafkaConnection.Producer(bootstrapServers);
        try
        {
            await producer.ProduceAsync(topic, new Message<string, byte[]> { Key = key, Value = value }, cancellationToken);
        }
        catch (ProduceException<string, byte[]> exception)
        {
            throw new ToolException($"Kafka at {bootstrapServers} did not take the message: {exception.Error.Reason}");
        }
    }

    // Whatever else lies in the topic is nobody's letter.
    private static DeadLetter? TryRead(Message<string, byte[]> record)
    {
        try
        {
            return record.Value is null ? null : JsonSerializer.Deserialize(record.Value, DeadLetterJson.Default.DeadLetter);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
