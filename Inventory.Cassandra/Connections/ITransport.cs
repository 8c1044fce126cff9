namespace Inventory.Cassandra.Connections;

/// <summary>The byte stream under a connection: a bare socket, or TLS over it. One reader and one writer at a time.</summary>
internal interface ITransport : IDisposable
{
    /// <summary>Waits until something is there.</summary>
    /// <returns>How much was; 0 when the server has closed its side.</returns>
    int Receive(Span<byte> destination);

    /// <summary>Sends all of it.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes);
}
