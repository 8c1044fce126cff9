using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Stocks;

/// <summary>
/// Reads a key until it is as new as its reader knows it to be: whoever has placed an order and holds the version it made
/// never sees an older one (design, invariant 6).
/// </summary>
internal sealed class VersionWait(CachedStockReader reader, TimeProvider time, IOptions<StockRequestOptions> options)
{
    // A change takes some tens of milliseconds from Postgres to Cassandra: soon again at first, then twice as long each time.
    // It is seen after at most twice the time it took, and one that never comes costs ten reads in the 2 s of the default.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(512);

    private readonly ReadLimit _limit = new(options.Value.MaxVersionWaits);

    /// <returns>Null if the version was not there in time.</returns>
    public async ValueTask<CachedStock?> FindAsync(StockKey key, long version, CancellationToken cancellationToken)
    {
        var stock = await reader.FindAsync(key);
        return IsReached(stock, version) ? stock : await WaitAsync(key, version, cancellationToken);
    }

    private async ValueTask<CachedStock?> WaitAsync(StockKey key, long version, CancellationToken cancellationToken)
    {
        if (!_limit.TryTake())
        {
            throw ReadRefusedException.TooManyWaiting();
        }

        try
        {
            var start = time.GetTimestamp();
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                var stock = await reader.FindFreshAsync(key);
                if (IsReached(stock, version))
                {
                    return stock;
                }

                if (time.GetElapsedTime(start) + pause > options.Value.MinVersionTimeout)
                {
                    return null;
                }

                await Task.Delay(pause, time, cancellationToken);
            }
        }
        finally
        {
            _limit.Release();
        }
    }

    private static bool IsReached(in CachedStock stock, long version) => stock.IsFound && stock.Version >= version;
}
