using System.Net.Sockets;

namespace Inventory.Cassandra.Connections;

/// <summary>A bare socket. Neither call allocates: the socket keeps one reusable operation for each direction.</summary>
internal sealed class SocketTransport(Socket socket) : ITransport
{
    public ValueTask<int> ReceiveAsync(Memory<byte> destination) => socket.ReceiveAsync(destination, SocketFlags.None);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var sending = socket.SendAsync(bytes, SocketFlags.None);
        if (!sending.IsCompletedSuccessfully)
        {
            return SendRestAsync(bytes, sending);
        }

        var sent = sending.Result;
        return sent == bytes.Length ? ValueTask.CompletedTask : SendRestAsync(bytes, ValueTask.FromResult(sent));
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> bytes, ValueTask<int> sending)
    {
        bytes = bytes[await sending..];
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }
}
