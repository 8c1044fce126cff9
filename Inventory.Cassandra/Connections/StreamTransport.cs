namespace Inventory.Cassandra.Connections;

/// <summary>A stream that is not the bare socket: TLS.</summary>
internal sealed class StreamTransport(Stream stream) : ITransport
{
    public int Receive(Span<byte> destination) => stream.Read(destination);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    public void Dispose() => stream.Dispose();
}
