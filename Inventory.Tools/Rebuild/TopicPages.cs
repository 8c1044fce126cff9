using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Kafka;

namespace Inventory.Tools.Rebuild;

/// <summary>The events of the topic, a page after the other, of each key the newest of a page.</summary>
internal static class TopicPages
{
    /// <param name="scan">Of the topic.</param>
    /// <param name="start">Where to go on.</param>
    /// <param name="pageSize">Messages in a page.</param>
    /// <param name="keys">Gets every key that an event was read of.</param>
    /// <param name="time">Bounds what is believed.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async IAsyncEnumerable<RebuildPage> ReadAsync(
        TopicScan scan,
        RebuildCheckpoint start,
        int pageSize,
        HashSet<StockKey> keys,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offsets = new Dictionary<int, long>(start.Offsets ?? new Dictionary<int, long>());
        var last = new Dictionary<int, Message<string, byte[]>>();
        var rows = new Dictionary<StockKey, StockRow>();
        var done = start.Done;
        var taken = 0;
        foreach (var message in scan.Read(cancellationToken))
        {
            // What is no event has its dead letter.
            if (StockChangedEventReader.TryRead(message.Message.Value, time.GetUtcNow(), out var read, out _))
            {
                var key = read.Data.ToKey();
                keys.Add(key);
                if (!rows.TryGetValue(key, out var known) || known.Level.Version < read.Data.Version)
                {
                    rows[key] = new StockRow(key, read.Data.ToLevel());
                }
            }

            last[message.Partition.Value] = message.Message;
            offsets[message.Partition.Value] = message.Offset.Value + 1;
            done++;
            if (++taken == pageSize)
            {
                yield return Page();
                (rows, taken) = ([], 0);
            }
        }

        yield return Page();

        RebuildPage Page()
        {
            var fingerprints = new Dictionary<int, string>(start.Fingerprints ?? new Dictionary<int, string>());
            foreach (var (partition, message) in last)
            {
                fingerprints[partition] = TopicContinuity.FingerprintOf(message);
            }

            var next = start with { Done = done, Offsets = new Dictionary<int, long>(offsets), Fingerprints = fingerprints };
            return new RebuildPage(rows.Values, next);
        }
    }
}
