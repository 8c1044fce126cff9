using System.Net.Sockets;
using System.Security.Authentication;
using Inventory.Cassandra.Protocol;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>One client's connection to a <see cref="FakeNode"/>.</summary>
internal sealed class FakeConnection(FakeNode node, Socket socket) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1);
    private Stream? _stream;

    public bool IsRegistered { get; private set; }

    public async Task ServeAsync()
    {
        try
        {
            _stream = await node.Wrap(new NetworkStream(socket, ownsSocket: true));
            var header = new byte[FrameHeader.Size];
            while (true)
            {
                await _stream.ReadExactlyAsync(header);
                var body = new byte[(header[5] << 24) | (header[6] << 16) | (header[7] << 8) | header[8]];
                await _stream.ReadExactlyAsync(body);
                var request = new FakeRequest(header[0], (short)((header[2] << 8) | header[3]), (Opcode)header[4], body);
                _ = ReplyAsync(request, node.ReplyTo(request));
                IsRegistered |= request.Opcode == Opcode.Register;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or AuthenticationException)
        {
            // The client has gone.
        }
    }

    public async Task SendAsync(byte[] bytes)
    {
        await _sending.WaitAsync();
        try
        {
            await _stream!.WriteAsync(bytes);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The client has gone.
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task ReplyAsync(FakeRequest request, FakeReply reply)
    {
        if (reply.After is not null)
        {
            await reply.After;
        }

        if (reply.Bytes is not null)
        {
            await SendAsync(reply.Bytes);
        }

        if (reply.ThenClose)
        {
            socket.Dispose();
        }
    }
}
