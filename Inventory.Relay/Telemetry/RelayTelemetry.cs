using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Confluent.Kafka;
using Inventory.Contracts;

namespace Inventory.Relay.Telemetry;

/// <summary>Spans by the messaging conventions of OpenTelemetry, and what an operator alerts on.</summary>
internal sealed class RelayTelemetry : IDisposable
{
    private const string Name = "Inventory.Relay";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _projected;
    private readonly Counter<long> _deadLetters;
    private readonly Histogram<double> _lag;

    public RelayTelemetry()
    {
        _projected = _meter.CreateCounter<long>(
            "inventory.projection.events", "{event}", "Events that are in Cassandra, or that a newer one made needless.");
        _deadLetters = _meter.CreateCounter<long>(
            "inventory.projection.dead_letters", "{event}", "Messages that were no stock change and were set aside.");
        _lag = _meter.CreateHistogram<double>(
            "inventory.projection.lag",
            "s",
            "From the change in Postgres to Cassandra's acknowledgement.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
            });
    }

    /// <summary>
    /// The span of one send, in the trace of the command that made the change. It is not the current one: sends overlap.
    /// </summary>
    public Activity? StartSend(string? traceParent, string key)
    {
        var current = Activity.Current;
        var send = Start("send", ActivityKind.Producer, traceParent, key);
        Activity.Current = current;
        return send;
    }

    /// <summary>The span of one event's way into Cassandra, in the trace of its send.</summary>
    public Activity? StartProcess(string? traceParent, string key, TopicPartitionOffset origin) =>
        Start("process", ActivityKind.Consumer, traceParent, key)
            ?.SetTag("messaging.destination.partition.id", origin.Partition.Value.ToString(CultureInfo.InvariantCulture))
            .SetTag("messaging.kafka.offset", origin.Offset.Value);

    public void Projected(TimeSpan lag)
    {
        _projected.Add(1);
        _lag.Record(lag.TotalSeconds);
    }

    public void Superseded() => _projected.Add(1);

    public void DeadLettered() => _deadLetters.Add(1);

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    // A change without a trace gets none here either: a trace begins with a request, not with its echo.
    private Activity? Start(string operation, ActivityKind kind, string? traceParent, string key) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent)
            ? _source.StartActivity($"{operation} {ResourceNames.StockChangesTopic}", kind, parent)
                ?.SetTag("messaging.system", "kafka")
                .SetTag("messaging.operation.name", operation)
                .SetTag("messaging.operation.type", operation)
                .SetTag("messaging.destination.name", ResourceNames.StockChangesTopic)
                .SetTag("messaging.kafka.message.key", key)
            : null;
}
