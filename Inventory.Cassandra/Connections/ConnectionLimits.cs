namespace Inventory.Cassandra.Connections;

/// <param name="MaxRequestsInFlight">Streams of one connection.</param>
/// <param name="MaxRequestsWaiting">Requests that wait for one of them.</param>
/// <param name="MaxFrameBytes">The longest body a server may send.</param>
internal sealed record ConnectionLimits(int MaxRequestsInFlight, int MaxRequestsWaiting, int MaxFrameBytes);
