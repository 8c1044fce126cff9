using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Inventory.Servers.Processes;

/// <summary>A connection for a question or two in a server's own protocol.</summary>
internal sealed class Wire : IDisposable
{
    private const int LongestAnswer = 16 * 1024 * 1024;

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private Wire(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    public static async Task<Wire> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var client = new TcpClient(endPoint.AddressFamily);
        try
        {
            await client.ConnectAsync(endPoint, cancellationToken);
            return new Wire(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _stream.WriteAsync(bytes, cancellationToken);

    public async Task<byte[]> ReadAsync(int length, CancellationToken cancellationToken)
    {
        if (length is < 0 or > LongestAnswer)
        {
            throw new InvalidDataException($"An answer of {length} bytes is not believable.");
        }

        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    public async Task<int> ReadInt32Async(CancellationToken cancellationToken) =>
        BinaryPrimitives.ReadInt32BigEndian(await ReadAsync(sizeof(int), cancellationToken));

    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(_stream, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
