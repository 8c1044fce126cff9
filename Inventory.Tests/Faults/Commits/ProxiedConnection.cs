using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Inventory.Tests.Faults.Commits;

/// <summary>A client's connection and its twin to the server, in the words of the Postgres protocol, version 3.</summary>
internal sealed class ProxiedConnection(Socket client, CancellationToken stop) : IDisposable
{
    private readonly Socket _server =
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private readonly NetworkStream _fromClient = new(client, ownsSocket: false);
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _message = [];
    private bool _isStarted;
    private volatile bool _isWithholding;

    /// <summary>Npgsql commits by a query of its own.</summary>
    public bool IsCommit => _message.AsSpan(1).EndsWith("COMMIT\0"u8) && _message[0] == 'Q' && _message.Length == 12;

    public async Task OpenAsync(IPEndPoint server)
    {
        client.NoDelay = true;
        await _server.ConnectAsync(server, stop);
        _ = Task.Run(AnswerAsync, CancellationToken.None);
    }

    /// <summary>Reads a message of the client: a type, unless it is the first, its length, and the rest.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> ReadAsync()
    {
        var prefix = _isStarted ? 1 : 0;
        var header = new byte[prefix + sizeof(int)];
        if (await _fromClient.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, stop) < header.Length)
        {
            return false;
        }

        _message = new byte[prefix + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(prefix))];
        header.CopyTo(_message, 0);
        await _fromClient.ReadExactlyAsync(_message.AsMemory(header.Length), stop);
        _isStarted = true;
        return true;
    }

    public async Task ForwardAsync() => await SendAsync(_server, _message);

    /// <summary>Sends the COMMIT and returns when the server says that it is done; the client does not hear it.</summary>
    public async Task CommitUnheardAsync()
    {
        // The client has read all that came before, so what comes now is the answer to this.
        _isWithholding = true;
        await ForwardAsync();
        await _committed.Task.WaitAsync(stop);
    }

    /// <summary>Ends the client's connection with a RST; the server's stays.</summary>
    public void ResetClient()
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
    }

    public void Dispose()
    {
        _fromClient.Dispose();
        client.Dispose();
        _server.Dispose();
    }

    private async Task AnswerAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            var withheld = new List<byte>();
            int count;
            while ((count = await _server.ReceiveAsync(buffer, stop)) > 0)
            {
                if (!_isWithholding)
                {
                    await SendAsync(client, buffer.AsMemory(0, count));
                    continue;
                }

                // CommandComplete that says COMMIT, and ReadyForQuery outside of a transaction.
                withheld.AddRange(buffer.AsSpan(0, count));
                if (withheld.ToArray().AsSpan().SequenceEqual("C\0\0\0\u000BCOMMIT\0Z\0\0\0\u0005I"u8))
                {
                    _committed.TrySetResult();
                }
            }

            client.Dispose();
        }
        catch (Exception exception)
            when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            client.Dispose();
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, stop)..];
        }
    }
}
