using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// Looks, while the service runs, for reads that take longer than those who wait for them need to wait: one timer for
/// all of them, because one per read would cost more than the read.
/// </summary>
internal sealed class SlowReadWatch(StockReads reads, CacheClock clock, IOptions<StockCacheOptions> options)
    : IHostedService, IDisposable
{
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MaxStaleness > TimeSpan.Zero && options.Value.StaleIfError > TimeSpan.Zero)
        {
            // A wait is over at most half as much too late. A timer counts whole milliseconds, and with 0 it fires once.
            var period = TimeSpan.FromTicks(Math.Max(options.Value.RefreshPatience.Ticks / 2, TimeSpan.TicksPerMillisecond));
            _timer = clock.Time.CreateTimer(
                static state => ((StockReads)state!).ReleaseImpatient(), reads, period, period);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
