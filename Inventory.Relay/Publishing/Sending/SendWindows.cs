using Inventory.Relay.Publishing.Leases;

namespace Inventory.Relay.Publishing.Sending;

/// <summary>Opens a window for each session of a source.</summary>
internal sealed class SendWindows(
    IEventSender sender,
    OutboxLeases leases,
    OutboxRows outbox,
    PublisherTelemetry telemetry,
    PublisherHeartbeat heartbeat,
    TimeProvider time,
    ILogger<SendWindow> logger)
{
    public SendWindow Open() => new(sender, leases, outbox, telemetry, heartbeat, time, logger);
}
