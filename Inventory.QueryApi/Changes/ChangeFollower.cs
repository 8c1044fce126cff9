using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;
using Inventory.QueryApi.Stocks;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Changes;

/// <summary>
/// Follows one key for one client: looks into the cache once every staleness bound, which costs Cassandra one read
/// however many clients follow the key, and tells each newer version once.
/// </summary>
internal sealed class ChangeFollower(
    CachedStockReader reader,
    TimeProvider time,
    IOptions<StockCacheOptions> cache,
    IOptions<StockRequestOptions> requests)
{
    // With a bound of 0 every look is a read of Cassandra; with a long one, changes would be told too late.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _pause = TimeSpan.FromTicks(Math.Clamp(
        cache.Value.MaxStaleness.Ticks, ShortestPause.Ticks, LongestPause.Ticks));

    /// <param name="stream">Where to.</param>
    /// <param name="key">What to follow.</param>
    /// <param name="lastVersion">What the client has: only newer ones are told.</param>
    /// <param name="cancellationToken">Ends it: the client has gone, or the service stops.</param>
    public async Task FollowAsync(
        ChangeStream stream, StockKey key, long lastVersion, CancellationToken cancellationToken)
    {
        await stream.BeginAsync(cancellationToken);
        using var timer = new PeriodicTimer(_pause, time);
        var spoke = time.GetTimestamp();
        do
        {
            var stock = await LookAsync(key);
            if (stock is { IsFound: true } found && found.Version > lastVersion)
            {
                lastVersion = found.Version;
                await stream.WriteAsync(key, found, cancellationToken);
                spoke = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(spoke) >= requests.Value.HeartbeatInterval)
            {
                await stream.BeatAsync(cancellationToken);
                spoke = time.GetTimestamp();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    // A failure is no news and makes none: the stream goes on, heartbeats keep it open, and the next look may succeed. Nor is
    // a row that is missing (rows are never deleted, so a replica is behind) or cannot be read (verify --repair mends it).
    private async ValueTask<CachedStock?> LookAsync(StockKey key)
    {
        try
        {
            return await reader.FindAsync(key);
        }
        catch (Exception exception) when (
            exception is CassandraException { IsTransient: true } or CassandraDataException or ReadRefusedException)
        {
            return null;
        }
    }
}
