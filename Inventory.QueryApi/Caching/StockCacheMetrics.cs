using System.Diagnostics.Metrics;

namespace Inventory.QueryApi.Caching;

/// <summary>How the near cache fares.</summary>
internal sealed class StockCacheMetrics : IDisposable
{
    public const string MeterName = "Inventory.QueryApi";

    private const string Outcome = "outcome";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _reads;

    public StockCacheMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>(
            "inventory.stock_cache.requests", "{key}", "Keys asked for, by what answered them.");
        _reads = _meter.CreateCounter<long>(
            "inventory.stock_cache.reads", "{read}", "Reads of Cassandra that have ended.");
    }

    public void Observe(StockCache cache, StockReads reads)
    {
        _meter.CreateObservableUpDownCounter(
            "inventory.stock_cache.entries", () => cache.Count, "{key}", "Keys held.");
        _meter.CreateObservableUpDownCounter(
            "inventory.stock_cache.size", () => cache.Bytes, "By", "What the keys held take.");
        _meter.CreateObservableCounter(
            "inventory.stock_cache.evictions", () => cache.Evictions, "{key}", "Keys that gave way to others.");
        _meter.CreateObservableUpDownCounter(
            "inventory.stock_cache.reads.in_flight", () => reads.InFlight.Taken, "{read}", "Reads of Cassandra under way.");
    }

    /// <remarks>Costs a look at a field unless somebody listens.</remarks>
    public void Hit() => Count("hit");

    public void Stale() => Count("stale");

    public void Missed(bool isRefused, bool isJoined) => Count(isRefused ? "refused" : isJoined ? "joined" : "read");

    public void ReadEnded(Exception? error)
    {
        if (!_reads.Enabled)
        {
            return;
        }

        if (error is null)
        {
            _reads.Add(1);
        }
        else
        {
            _reads.Add(1, new KeyValuePair<string, object?>("error.type", error.GetType().Name));
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Count(string outcome)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, new KeyValuePair<string, object?>(Outcome, outcome));
        }
    }
}
