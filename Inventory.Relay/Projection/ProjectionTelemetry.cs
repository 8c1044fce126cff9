using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Confluent.Kafka;
using Inventory.Contracts;

namespace Inventory.Relay.Projection;

/// <summary>Spans by the messaging conventions of OpenTelemetry, and what an operator alerts on.</summary>
internal sealed class ProjectionTelemetry : IDisposable
{
    public const string Name = "Inventory.Relay";

    // Of ours the longest has 30 characters; a foreign one may have a megabyte.
    private const int LongestKey = 100;

    private static readonly InstrumentAdvice<double> Milliseconds = new()
    {
        HistogramBucketBoundaries =
        [
            0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
        ],
    };

    private static readonly KeyValuePair<string, object?>[] Tags =
    [
        new("messaging.system", "kafka"),
        new("messaging.operation.name", "process"),
        new("messaging.destination.name", ResourceNames.StockChangesTopic),
    ];

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _consumedMessages;
    private readonly Counter<long> _projected;
    private readonly Counter<long> _deadLetters;
    private readonly Histogram<double> _consumed;
    private readonly Histogram<double> _processed;
    private readonly Histogram<double> _lag;

    public ProjectionTelemetry()
    {
        _consumedMessages = _meter.CreateCounter<long>(
            "messaging.client.consumed.messages", "{message}", "Stock changes taken from Kafka.");
        _projected = _meter.CreateCounter<long>(
            "inventory.projection.events", "{event}", "Events that are in Cassandra, or that a newer one made needless.");
        _deadLetters = _meter.CreateCounter<long>(
            "inventory.projection.dead_letters", "{event}", "Messages that could not be applied and were set aside.");
        _consumed = Histogram("inventory.projection.consumed.lag", "From the change in Postgres to its taking from Kafka.");
        _processed = Histogram("messaging.process.duration", "From the taking from Kafka to Cassandra's acknowledgement.");
        _lag = Histogram("inventory.projection.lag", "From the change in Postgres to Cassandra's acknowledgement.");
    }

    /// <summary>Whether an instrument is of this very instance.</summary>
    public bool Owns(Instrument instrument) => instrument.Meter == _meter;

    /// <summary>Measures the lanes whenever metrics are collected.</summary>
    public void Observe(Func<IEnumerable<Measurement<long>>> consumerLag, Func<double> oldestWait)
    {
        _meter.CreateObservableGauge(
            "inventory.projection.consumer.lag", consumerLag, "{message}", "Messages of a partition that are not in Cassandra.");
        _meter.CreateObservableGauge(
            "inventory.projection.oldest.wait",
            oldestWait,
            "s",
            "For how long the oldest message that was taken has waited for Cassandra.");
    }

    /// <summary>The span of one event's way into Cassandra, in the trace of its send.</summary>
    public Activity? StartProcess(ReceivedChange received)
    {
        // A change without a trace gets none here either: a trace begins with a request, not with its echo.
        var current = Activity.Current;
        var activity = ActivityContext.TryParse(received.TraceParent, traceState: null, isRemote: true, out var parent)
            ? Describe(
                _source.StartActivity($"process {ResourceNames.StockChangesTopic}", ActivityKind.Consumer, parent),
                received.Message.Result)
            : null;

        // Not the current one: they overlap.
        Activity.Current = current;
        return activity;
    }

    /// <summary>The span of setting a message aside, the root of a trace that its letter names.</summary>
    public Activity? StartDeadLetter(ConsumeResult<byte[], byte[]> message, string reason) =>
        Describe(_source.StartActivity($"dead-letter {ResourceNames.StockChangesTopic}", ActivityKind.Consumer), message)
            ?.SetStatus(ActivityStatusCode.Error, reason);

    /// <summary>A change was read.</summary>
    public void Consumed(TimeSpan lag)
    {
        _consumedMessages.Add(1, Tags);
        _consumed.Record(lag.TotalSeconds);
    }

    /// <summary>A change is readable.</summary>
    /// <param name="processing">Since it was taken from Kafka.</param>
    /// <param name="lag">Since it was made.</param>
    public void Projected(TimeSpan processing, TimeSpan lag)
    {
        _projected.Add(1);
        _processed.Record(processing.TotalSeconds, Tags);
        _lag.Record(lag.TotalSeconds);
    }

    /// <summary>A newer change of the key is in the same batch.</summary>
    public void Superseded(ReceivedChange received)
    {
        _projected.Add(1);
        StartProcess(received)?.SetTag("inventory.superseded", true).Dispose();
    }

    public void DeadLettered(int partition) => _deadLetters.Add(1, PartitionTag(partition));

    public static KeyValuePair<string, object?> PartitionTag(int partition) =>
        new("messaging.destination.partition.id", partition.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    private Histogram<double> Histogram(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, advice: Milliseconds);

    private static Activity? Describe(Activity? activity, ConsumeResult<byte[], byte[]> message) => activity
        ?.SetTag("messaging.system", "kafka")
        .SetTag("messaging.operation.name", "process")
        .SetTag("messaging.operation.type", "process")
        .SetTag("messaging.destination.name", message.Topic)
        .SetTag("messaging.destination.partition.id", message.Partition.Value.ToString(CultureInfo.InvariantCulture))
        .SetTag("messaging.kafka.message.key", MessageKey.TextOf(message.Message.Key) is { } key ? MessageKey.Quote(key, LongestKey) : null)
        .SetTag("messaging.kafka.offset", message.Offset.Value);
}
