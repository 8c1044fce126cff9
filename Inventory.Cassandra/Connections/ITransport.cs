namespace Inventory.Cassandra.Connections;

/// <summary>The byte stream under a connection: a bare socket, or TLS over it. One reader and one writer at a time.</summary>
internal interface ITransport : IDisposable
{
    /// <returns>0 when the server has closed its side.</returns>
    ValueTask<int> ReceiveAsync(Memory<byte> destination);

    /// <summary>Sends all of it.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes);
}
