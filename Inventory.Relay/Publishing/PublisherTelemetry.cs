using System.Diagnostics.Metrics;
using Inventory.Relay.Publishing.Leases;

namespace Inventory.Relay.Publishing;

/// <summary>What an operator alerts on. Times begin with the commit and are told by Postgres's clock.</summary>
internal sealed class PublisherTelemetry : IDisposable
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private readonly DatabaseClock _clock;
    private readonly Meter _meter = new("Inventory.Relay");
    private readonly Counter<long> _published;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _resynchronisations;
    private readonly Histogram<double> _readLag;
    private readonly Histogram<double> _publishLag;
    private OutboxState? _state;

    public PublisherTelemetry(DatabaseClock clock)
    {
        _clock = clock;
        _published = _meter.CreateCounter<long>("inventory.outbox.published", "{event}", "Events that Kafka acknowledged.");
        _failures = _meter.CreateCounter<long>(
            "inventory.outbox.publish.failures", "{event}", "Events that Kafka did not take and that are sent again.");
        _resynchronisations = _meter.CreateCounter<long>(
            "inventory.outbox.resynchronisations", "{resynchronisation}", "How often the table was published instead of the log.");
        _readLag = _meter.CreateHistogram(
            "inventory.outbox.read.lag", "s", "From the commit until the publisher had read it.", tags: null, Seconds);
        _publishLag = _meter.CreateHistogram(
            "inventory.outbox.publish.lag", "s", "From the commit to Kafka's acknowledgement.", tags: null, Seconds);
        _meter.CreateObservableGauge(
            "inventory.outbox.waiting", () => Observe(state => state.WaitingRows), "{event}", "Rows in the outbox; estimated above 10,000.");
        _meter.CreateObservableGauge(
            "inventory.outbox.oldest", () => Observe(state => state.OldestSeconds), "s", "Age of the oldest row in the outbox.");
        _meter.CreateObservableGauge(
            "inventory.outbox.slot.lag", () => Observe(state => state.SlotLagBytes), "By", "Log that the slot keeps from being removed.");
        _meter.CreateObservableGauge(
            "inventory.outbox.slot.lost", () => Observe(state => state.IsSlotLost ? 1 : 0), "1", "1 while the slot was lost.");
    }

    public void Read(OutboxRow row) => Record(_readLag, row);

    public void Published(OutboxRow row)
    {
        _published.Add(1);
        Record(_publishLag, row);
    }

    public void NotPublished(int count) => _failures.Add(count);

    public void Resynchronising(string reason) => _resynchronisations.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Observed(OutboxState? state) => Volatile.Write(ref _state, state);

    public void Dispose() => _meter.Dispose();

    private void Record(Histogram<double> histogram, OutboxRow row) =>
        histogram.Record(Math.Max(0, (_clock.Now - row.CommittedAt).TotalSeconds));

    private IEnumerable<Measurement<double>> Observe(Func<OutboxState, double> value) =>
        Volatile.Read(ref _state) is { } state ? [new(value(state))] : [];
}
