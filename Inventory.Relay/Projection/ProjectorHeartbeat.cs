using Inventory.Relay.Health;

namespace Inventory.Relay.Projection;

internal sealed class ProjectorHeartbeat(TimeProvider time) : Heartbeat(time);
