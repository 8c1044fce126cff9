using System.Net;
using System.Net.Sockets;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// A bare socket. Whoever waits for it waits in the system's own call: through the asynchronous ones every block of answers
/// woke the runtime's polling thread, that one a thread of the pool, and both looked for more work before they slept, which
/// were five context switches a block.
/// </summary>
internal sealed class SocketTransport : ITransport
{
    private readonly Socket _socket;

    /// <param name="socket">Connected by <see cref="ConnectAsync"/>.</param>
    public SocketTransport(Socket socket)
    {
        socket.Blocking = false;
        _socket = socket;
    }

    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task ConnectAsync(Socket socket, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        try
        {
            await using (cancellationToken.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket))
            {
                // Not the asynchronous one, after which the runtime polls the socket for as long as it is open.
                await OnItsOwnThread(() => socket.Connect(endPoint));
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The socket was closed under the call.
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public int Receive(Span<byte> destination)
    {
        while (true)
        {
            var count = _socket.Receive(destination, SocketFlags.None, out var error);
            if (error == SocketError.Success)
            {
                return count;
            }

            ThrowUnlessToWait(error);
            _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var sent = Send(bytes.Span);
        return sent == bytes.Length ? ValueTask.CompletedTask : new(SendRestAsync(bytes[sent..]));
    }

    public void Dispose()
    {
        try
        {
            // So that those who wait for it no longer do.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The server was first.
        }

        _socket.Dispose();
    }

    /// <summary>The server is slow to read: a thread waits for it, at most one for a connection.</summary>
    private Task SendRestAsync(ReadOnlyMemory<byte> bytes) => OnItsOwnThread(() =>
    {
        for (var rest = bytes; !rest.IsEmpty; rest = rest[Send(rest.Span)..])
        {
            _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectWrite);
        }
    });

    private static Task OnItsOwnThread(Action wait) => Task.Factory.StartNew(
        wait, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private int Send(ReadOnlySpan<byte> bytes)
    {
        var sent = _socket.Send(bytes, SocketFlags.None, out var error);
        if (error != SocketError.Success)
        {
            ThrowUnlessToWait(error);
        }

        return sent;
    }

    private static void ThrowUnlessToWait(SocketError error)
    {
        if (error != SocketError.WouldBlock)
        {
            throw new SocketException((int)error);
        }
    }
}
