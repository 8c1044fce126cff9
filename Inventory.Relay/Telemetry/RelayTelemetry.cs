using System.Diagnostics;
using Inventory.Contracts;

namespace Inventory.Relay.Telemetry;

/// <summary>Spans of what is sent, by the messaging conventions of OpenTelemetry.</summary>
internal sealed class RelayTelemetry : IDisposable
{
    private const string Name = "Inventory.Relay";

    private readonly ActivitySource _source = new(Name);

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

    public void Dispose() => _source.Dispose();

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
