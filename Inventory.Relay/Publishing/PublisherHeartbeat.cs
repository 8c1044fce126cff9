using Inventory.Relay.Health;

namespace Inventory.Relay.Publishing;

internal sealed class PublisherHeartbeat(TimeProvider time) : Heartbeat(time);
