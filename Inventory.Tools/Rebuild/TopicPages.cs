using System.Runtime.CompilerServices;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Kafka;

namespace Inventory.Tools.Rebuild;

/// <summary>The events of the topic, a page after the other, of each key the newest of a page.</summary>
internal static class TopicPages
{
    public static async IAsyncEnumerable<RebuildPage> ReadAsync(
        TopicScan scan,
        RebuildCheckpoint start,
        int pageSize,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offsets = new Dictionary<int, long>(start.Offsets ?? new Dictionary<int, long>());
        var rows = new Dictionary<StockKey, StockRow>();
        var done = start.Done;
        var taken = 0;
        foreach (var message in scan.Read(cancellationToken))
        {
            // What is no event has its dead letter.
            if (StockChangedEventReader.TryRead(message.Message.Value, time.GetUtcNow(), out var read, out _)
                && (!rows.TryGetValue(read.Data.ToKey(), out var known) || known.Level.Version < read.Data.Version))
            {
                rows[read.Data.ToKey()] = new StockRow(read.Data.ToKey(), read.Data.ToLevel());
            }

            offsets[message.Partition.Value] = message.Offset.Value + 1;
            done++;
            if (++taken == pageSize)
            {
                yield return Page();
                (rows, taken) = ([], 0);
            }
        }

        yield return Page();

        RebuildPage Page() => new(rows.Values, start with { Done = done, Offsets = new Dictionary<int, long>(offsets) });
    }
}
