using Inventory.Contracts.Stocks;
using Inventory.Tools.Api;
using Inventory.Tools.Display;

namespace Inventory.Tools.Replay.Playing;

/// <summary>Waits until every change that was answered can be read, or until nothing moves any more.</summary>
/// <param name="gateway">Where to read.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long no key may move before waiting ends.</param>
internal sealed class PipelineDrain(GatewayClient gateway, TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <param name="expected">The version that each key must reach.</param>
    /// <param name="progress">Counts keys.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public async Task<DrainResult> WaitAsync(
        IReadOnlyDictionary<StockKey, long> expected, ProgressCounter progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var lastMove = started;
        var behind = expected.ToDictionary(key => key.Key, _ => 0L);
        while (behind.Count > 0)
        {
            if (await AdvanceAsync(behind, expected, cancellationToken))
            {
                lastMove = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(lastMove) > patience)
            {
                break;
            }

            progress.Set(expected.Count - behind.Count);
            if (behind.Count > 0)
            {
                await Task.Delay(Interval, time, cancellationToken);
            }
        }

        return new DrainResult(expected.Count, behind.Count, time.GetElapsedTime(started, behind.Count == 0 ? time.GetTimestamp() : lastMove));
    }

    // Reads every key that is behind once, and forgets those that have caught up. Whether any version grew.
    private async Task<bool> AdvanceAsync(
        Dictionary<StockKey, long> behind, IReadOnlyDictionary<StockKey, long> expected, CancellationToken cancellationToken)
    {
        var moved = false;
        foreach (var keys in behind.Keys.Chunk(StockBatchRequest.MaximumKeys))
        {
            var reply = await gateway.ReadAsync(new StockBatchRequest(Array.ConvertAll(keys, StockKeyField.From)), cancellationToken);
            foreach (var stock in reply.Answer?.Stocks ?? [])
            {
                moved |= Note(new StockKey(stock.VendorItemId, stock.FulfillmentCenterId), stock.Version);
            }
        }

        return moved;

        bool Note(StockKey key, long version)
        {
            if (!behind.TryGetValue(key, out var known))
            {
                return false;
            }

            if (version >= expected[key])
            {
                return behind.Remove(key);
            }

            behind[key] = version;
            return version > known;
        }
    }
}
