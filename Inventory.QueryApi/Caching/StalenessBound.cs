using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// From when on what is held is fresh enough. Usually that is a fixed while ago. While the change feed keeps what is held
/// up to date (<see cref="StockCacheOptions.Push"/>) it is longer ago, but not before the feed began to.
/// </summary>
internal sealed class StalenessBound
{
    // A key in demand is read again when this share of the bound has passed, so that nobody has to wait for it unless
    // Cassandra takes the rest of the bound: 50 ms by default. It makes 20 reads a second of a key in demand.
    private const double RefreshShare = 0.5;

    private readonly long _maxStaleness;
    private readonly long _refreshAfter;
    private readonly long _pushedMaxStaleness;
    private readonly long _pushedRefreshAfter;

    // Without a feed nothing is covered by it, however late.
    private long _coveredSince = long.MaxValue;

    public StalenessBound(CacheClock clock, IOptions<StockCacheOptions> options)
    {
        _maxStaleness = clock.Ticks(options.Value.MaxStaleness);
        _refreshAfter = (long)(_maxStaleness * RefreshShare);
        _pushedMaxStaleness = Math.Max(_maxStaleness, clock.Ticks(options.Value.PushedMaxStaleness));
        _pushedRefreshAfter = (long)(_pushedMaxStaleness * RefreshShare);
    }

    /// <summary>Whether anything old will do, if only after a failure.</summary>
    public bool AcceptsStale => _maxStaleness > 0;

    /// <summary>Whether the feed keeps what is held up to date.</summary>
    public bool IsCovered => Volatile.Read(ref _coveredSince) != long.MaxValue;

    /// <summary>What was confirmed at this timestamp or later may be answered.</summary>
    public long Earliest(long now) =>
        Math.Min(now - _maxStaleness, Math.Max(now - _pushedMaxStaleness, Volatile.Read(ref _coveredSince)));

    /// <summary>What was confirmed before this timestamp is to be read again.</summary>
    public long RefreshBefore(long now) =>
        Math.Min(now - _refreshAfter, Math.Max(now - _pushedRefreshAfter, Volatile.Read(ref _coveredSince)));

    /// <summary>From now on the feed brings every change of a held key.</summary>
    /// <param name="now">Before the feed was found to have caught up.</param>
    public void Cover(long now) => Interlocked.CompareExchange(ref _coveredSince, now, long.MaxValue);

    /// <summary>The feed may miss or delay changes.</summary>
    public void Uncover() => Volatile.Write(ref _coveredSince, long.MaxValue);
}
