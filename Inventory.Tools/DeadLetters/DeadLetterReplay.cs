using Inventory.Cassandra;
using Inventory.Contracts.Events;

namespace Inventory.Tools.DeadLetters;

/// <summary>Sends the message of a letter to its topic again, where that can help.</summary>
internal sealed class DeadLetterReplay(DeadLetterTopic topic, IStockReader cassandra, TimeProvider time)
{
    /// <returns>The letter as it is resolved now.</returns>
    /// <exception cref="ToolException">The message would be set aside again.</exception>
    public async Task<DeadLetter> RunAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (letter.Parts is { IsKept: false })
        {
            throw new ToolException(
                $"{letter.Id} has no value, which was larger than the topic takes: send it again from {letter.Origin}.",
                ExitCode.Failure);
        }

        if (!StockChangedEventReader.TryRead(letter.Value, time.GetUtcNow(), out var read, out var reason))
        {
            throw new ToolException(
                $"{letter.Id} would only be set aside again: {reason} `./inventory dead-letters drop {letter.Id}` gives it up.",
                ExitCode.Failure);
        }

        // An old change at the end of the compacted topic would be what is left of its key there.
        var key = read.Data.ToKey();
        if (await cassandra.ReadAsync(key, cancellationToken) is { } known && known.Version >= read.Data.Version)
        {
            return await topic.ResolveAsync(letter, DeadLetterResolution.Superseded, cancellationToken);
        }

        // Under the key of the stock, whatever its key was: changes of a key belong into one partition.
        await topic.SendAsync(letter.Topic, key.ToString(), letter.Value!, cancellationToken);
        return await topic.ResolveAsync(letter, DeadLetterResolution.Replayed, cancellationToken);
    }
}
