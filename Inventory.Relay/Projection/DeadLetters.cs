using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;

namespace Inventory.Relay.Projection;

/// <summary>
/// Keeps messages that cannot be applied in a topic of their own, so that they neither block nor vanish:
/// 1. as one record;
/// 2. if the broker says that it is too large, in parts, with a record that tells of them;
/// 3. if it does not take those either, as a record that tells where the message came from.
/// What else goes wrong is waited for, and told by <see cref="IsWaiting"/>.
/// </summary>
internal sealed partial class DeadLetters(
    IProducer<string, byte[]> producer, ProjectionTelemetry telemetry, TimeProvider time, ILogger<DeadLetters> logger)
    : IDisposable
{
    // What a topic that is bounded tighter than Kafka's megabyte still takes; a megabyte is 21 of them, in base64.
    private const int PartSize = 64 * 1024;

    // Of what is quoted from the message outside of the parts: a key, or a property's name in the reason.
    private const int LongestQuotation = 1_000;

    // One letter at a time: the broker judges what several send together, and two that fit may not do so as one.
    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _isWaiting;

    /// <summary>Whether a letter cannot be kept at this moment, while its partition waits.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Completes when Kafka has it: it must not be passed over before.</summary>
    public async Task KeepAsync(TakenMessage message, string reason, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartDeadLetter(message.Result, reason);
        var (partition, offset) = (message.Result.Partition.Value, message.Result.Offset.Value);
        var key = message.Result.Message.Key;
        var text = MessageKey.TextOf(key);
        var letter = new DeadLetter(
            MessageKey.Quote(reason, LongestQuotation),
            message.Result.Topic,
            partition,
            offset,
            text,
            message.Result.Message.Value,
            activity?.Id,
            time.GetUtcNow(),
            KeyBytes: text is null ? key : null);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await KeepAsync(letter, cancellationToken);
        }
        finally
        {
            _isWaiting = false;
            _turn.Release();
        }

        telemetry.DeadLettered(partition);
        LogDeadLetter(letter.Id, partition, offset, letter.Reason);
    }

    public void Dispose() => _turn.Dispose();

    private async Task KeepAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        // 1.
        var whole = Serialize(letter);
        if (await SendAsync(letter.Id, whole, cancellationToken))
        {
            return;
        }

        // 2. and 3.
        var count = await SendPartsAsync(letter.Id, whole, cancellationToken);
        LogTooLarge(letter.Id, whole.Length, count);
        var outline = Serialize(letter with
        {
            Key = letter.Key is { Length: <= LongestQuotation } ? letter.Key : null,
            KeyBytes = null,
            Value = null,
            Parts = new DeadLetterParts(count, whole.Length),
        });
        var retryDelay = new RetryDelay();
        while (!await SendAsync(letter.Id, outline, cancellationToken))
        {
            // A topic that takes no two kilobytes: somebody has to see it.
            _isWaiting = true;
            await Task.Delay(retryDelay.Next(), time, cancellationToken);
        }
    }

    /// <returns>How many parts there are; 0 if they are too large as well.</returns>
    private async Task<int> SendPartsAsync(string id, byte[] whole, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var part in whole.Chunk(PartSize))
        {
            if (!await SendAsync(DeadLetterParts.KeyOf(id, count), part, cancellationToken))
            {
                return 0;
            }

            count++;
        }

        return count;
    }

    /// <summary>Sends until the broker has it.</summary>
    /// <returns>False if it never will, because it is too large.</returns>
    /// <exception cref="ProduceException{TKey, TValue}">The client is of no use any more: the process must begin anew.</exception>
    private async Task<bool> SendAsync(string key, byte[] value, CancellationToken cancellationToken)
    {
        var record = new Message<string, byte[]> { Key = key, Value = value };
        var retryDelay = new RetryDelay();
        while (true)
        {
            try
            {
                await producer.ProduceAsync(ResourceNames.DeadLetterTopic, record, cancellationToken);
                _isWaiting = false;
                return true;
            }
            catch (ProduceException<string, byte[]> exception)
                when (exception.Error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge)
            {
                return false;
            }
            catch (ProduceException<string, byte[]> exception) when (!exception.Error.IsFatal)
            {
                _isWaiting = true;
                LogNotKept(exception, key);
            }

            await Task.Delay(retryDelay.Next(), time, cancellationToken);
        }
    }

    private static byte[] Serialize(DeadLetter letter) =>
        JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJson.Default.DeadLetter);

    [LoggerMessage(LogLevel.Error, "Set aside as {Id} the message at {Partition}/{Offset}: {Reason}")]
    private partial void LogDeadLetter(string id, int partition, long offset, string reason);

    [LoggerMessage(LogLevel.Warning, "The dead letter {Id} is larger than the broker takes: {Length} bytes, kept in {Count} parts.")]
    private partial void LogTooLarge(string id, int length, int count);

    [LoggerMessage(LogLevel.Warning, "Kafka did not take the dead letter {Id}; its partition waits.")]
    private partial void LogNotKept(Exception exception, string id);
}
