using System.Diagnostics;
using System.Diagnostics.Metrics;
using Inventory.Contracts;

namespace Inventory.Relay.Telemetry;

/// <summary>Spans by the messaging conventions of OpenTelemetry, and what an operator alerts on.</summary>
internal sealed class RelayTelemetry : IDisposable
{
    private const string Name = "Inventory.Relay";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _published;
    private readonly Counter<long> _publishFailures;

    public RelayTelemetry()
    {
        _published = _meter.CreateCounter<long>("inventory.outbox.published", "{event}", "Events that Kafka acknowledged.");
        _publishFailures = _meter.CreateCounter<long>(
            "inventory.outbox.publish.failures", "{event}", "Events that Kafka did not take and that will be sent again.");
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

    public void Published(int delivered, int failed)
    {
        _published.Add(delivered);
        _publishFailures.Add(failed);
    }

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
