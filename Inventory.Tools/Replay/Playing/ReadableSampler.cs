using Inventory.Contracts.Orders;
using Inventory.Tools.Api;

namespace Inventory.Tools.Replay.Playing;

/// <summary>
/// Measures, for some of the accepted orders, how long after the change its new version can be read through the gateway.
/// A watcher asks for one key at that version; an order that finds all watchers busy is not sampled, since one that waited
/// for its watcher would measure the wait. The clock is the machine's, which Postgres shares.
/// </summary>
internal sealed class ReadableSampler(GatewayClient gateway, TimeProvider time, int watchers, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _idle = new(watchers, watchers);
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _seen = [];
    private int _neverSeen;
    private uint _offers;

    /// <param name="lines">Of an accepted order.</param>
    /// <param name="sentAt">When it was sent: an older change is the first answer to a repeated order, and long readable.</param>
    public void Offer(IReadOnlyList<ChangedLine> lines, DateTimeOffset sentAt)
    {
        // Each time another line, so that the first keys of orders are not preferred.
        var line = lines[(int)(Interlocked.Increment(ref _offers) % (uint)lines.Count)];
        if (line.UpdatedAt >= sentAt && _idle.Wait(0, CancellationToken.None))
        {
            _ = WatchAsync(line);
        }
    }

    /// <summary>Waits for the watchers.</summary>
    public async Task<Latencies> CompleteAsync()
    {
        for (var watcher = 0; watcher < watchers; watcher++)
        {
            await _idle.WaitAsync();
        }

        _idle.Release(watchers);
        lock (_gate)
        {
            return new Latencies([.. _seen.Order()], _neverSeen);
        }
    }

    public void Dispose() => _idle.Dispose();

    private async Task WatchAsync(ChangedLine line)
    {
        try
        {
            while (!await IsReadableAsync(line))
            {
                if (time.GetUtcNow() - line.UpdatedAt > Patience)
                {
                    Interlocked.Increment(ref _neverSeen);
                    break;
                }

                await Task.Delay(Interval, time, stop);
            }

            var latency = time.GetUtcNow() - line.UpdatedAt;
            lock (_gate)
            {
                _seen.Add(latency);
            }
        }
        catch (OperationCanceledException)
        {
            // The replay was stopped: what was not seen by then says nothing.
        }
        finally
        {
            _idle.Release();
        }
    }

    private async Task<bool> IsReadableAsync(ChangedLine line)
    {
        var reply = await gateway.ReadOnceAsync(line.ToKey(), line.Version, stop);
        return reply.Answer is { } stock && stock.Version >= line.Version;
    }
}
