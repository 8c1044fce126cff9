using System.Net;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Telemetry;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>Swallows what is sent, delivers given bytes block by block, and ends.</summary>
internal sealed class MemoryTransport(byte[] bytes, int block) : ITransport
{
    private static readonly CassandraMetrics Metrics = new(TimeProvider.System, static () => []);
    private int _position;

    public static CqlConnection Connect(MemoryTransport transport) => new(
        transport,
        new IPEndPoint(IPAddress.Loopback, 9042),
        version: 4,
        new ConnectionLimits(MaxRequestsInFlight: 8, MaxRequestsWaiting: 8, MaxFrameBytes: 1 << 20),
        TimeProvider.System,
        Metrics);

    public int Receive(Span<byte> destination)
    {
        var count = Math.Min(Math.Min(block, destination.Length), bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(destination);
        _position += count;
        return count;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => ValueTask.CompletedTask;

    public void Dispose()
    {
        // Nothing is held.
    }
}
