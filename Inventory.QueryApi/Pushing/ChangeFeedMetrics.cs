using System.Diagnostics.Metrics;
using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Pushing;

/// <summary>How the change feed fares.</summary>
internal sealed class ChangeFeedMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _changes;
    private readonly Histogram<double> _delay;

    public ChangeFeedMetrics(IMeterFactory meters, StalenessBound bound)
    {
        _meter = meters.Create(StockCacheMetrics.MeterName);
        _changes = _meter.CreateCounter<long>(
            "inventory.change_feed.changes", "{change}", "Changes received, by whether the key is held.");
        _delay = _meter.CreateHistogram(
            "inventory.change_feed.delay",
            "s",
            "From the change to its arrival here.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
            });
        _meter.CreateObservableUpDownCounter(
            "inventory.change_feed.current", () => bound.IsCovered ? 1 : 0, "{feed}", "1 while held keys are updated by it.");
    }

    public void Received(bool isHeld, TimeSpan delay)
    {
        _changes.Add(1, new KeyValuePair<string, object?>("held", isHeld));
        _delay.Record(Math.Max(0, delay.TotalSeconds));
    }

    public void Dispose() => _meter.Dispose();
}
