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
        var others = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var record in scan.Read(cancellationToken))
        {
            // Whatever else lies in the topic is a part, or nobody's.
            if (TryRead(record.Message.Value) is { } letter && letter.Id == record.Message.Key)
            {
                letters[letter.Id] = letter;
            }
            else if (record.Message is { Key: { } key, Value: { } value })
            {
                others[key] = value;
            }
        }

        return
        [
            .. letters.Values
                .Select(letter => letter.Parts is { IsKept: true } parts ? Join(letter, parts, others) : letter)
                .OrderBy(letter => letter.SetAsideAt)
                .ThenBy(letter => letter.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Writes over the letter what became of it; the value goes with the next compaction.</summary>
    public async Task<DeadLetter> ResolveAsync(DeadLetter letter, string outcome, CancellationToken cancellationToken)
    {
        var resolved = letter with
        {
            // Of one in parts not even the key need fit into a record.
            Key = letter.Parts is null ? letter.Key : null,
            KeyBytes = letter.Parts is null ? letter.KeyBytes : null,
            Value = null,
            Parts = null,
            Resolution = new DeadLetterResolution(outcome, time.GetUtcNow(), Environment.UserName),
        };
        await SendAsync(
            ResourceNames.DeadLetterTopic,
            letter.Id,
            JsonSerializer.SerializeToUtf8Bytes(resolved, DeadLetterJson.Default.DeadLetter),
            cancellationToken);
        for (var part = 0; part < (letter.Parts?.Count ?? 0); part++)
        {
            await SendAsync(ResourceNames.DeadLetterTopic, DeadLetterParts.KeyOf(letter.Id, part), null, cancellationToken);
        }

        return resolved;
    }

    /// <summary>Sends a message, or a tombstone, and waits until Kafka has it.</summary>
    /// <exception cref="ToolException">Kafka did not take it.</exception>
    public async Task SendAsync(string topic, string key, byte[]? value, CancellationToken cancellationToken)
    {
        using var producer = KafkaConnection.Producer(bootstrapServers);
        try
        {
            await producer.ProduceAsync(topic, new Message<string, byte[]> { Key = key, Value = value! }, cancellationToken);
        }
        catch (ProduceException<string, byte[]> exception)
        {
            throw new ToolException($"Kafka at {bootstrapServers} did not take the message: {exception.Error.Reason}");
        }
    }

    /// <returns>The whole letter; if a part is missing what is left of it.</returns>
    private static DeadLetter Join(DeadLetter outline, DeadLetterParts parts, Dictionary<string, byte[]> records)
    {
        var whole = Enumerable.Range(0, parts.Count)
            .SelectMany(index => records.GetValueOrDefault(DeadLetterParts.KeyOf(outline.Id, index)) ?? [])
            .ToArray();
        return TryRead(whole) is { } letter
            ? letter with { Parts = parts }
            : outline with { Parts = parts with { Count = 0 } };
    }

    private static DeadLetter? TryRead(byte[]? value)
    {
        try
        {
            return value is null ? null : JsonSerializer.Deserialize(value, DeadLetterJson.Default.DeadLetter);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
