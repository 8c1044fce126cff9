using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Inventory.Cassandra.Connections;

namespace Inventory.Tests.Cassandra.Connections;

public sealed class SocketTransportTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);

    public SocketTransportTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog: 1);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    [Fact]
    public async Task A_server_that_is_slow_to_read_gets_every_byte_and_holds_up_no_sender()
    {
        using var transport = await ConnectAsync();
        using var server = await _listener.AcceptAsync(Cancellation);
        var sent = RandomNumberGenerator.GetBytes(32 * 1024 * 1024);

        var sending = transport.SendAsync(sent).AsTask();
        Assert.False(sending.IsCompleted);

        var received = new byte[sent.Length];
        await using var stream = new NetworkStream(server);
        await stream.ReadExactlyAsync(received, Cancellation);
        await sending.WaitAsync(Patience, Cancellation);
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task Who_waits_for_a_server_that_stays_silent_and_does_not_read_is_released_when_the_transport_is_closed()
    {
        var transport = await ConnectAsync();
        using var server = await _listener.AcceptAsync(Cancellation);
        var sending = transport.SendAsync(new byte[32 * 1024 * 1024]).AsTask();
        var receiving = Task.Factory.StartNew(
            () => transport.Receive(new byte[1]), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.NotSame(receiving, await Task.WhenAny(receiving, Task.Delay(100, Cancellation)));

        transport.Dispose();

        await IsOverAsync(receiving);
        await IsOverAsync(sending);
    }

    [Fact]
    public async Task The_end_of_the_servers_side_is_a_receive_of_nothing()
    {
        using var transport = await ConnectAsync();
        using (var server = await _listener.AcceptAsync(Cancellation))
        {
            server.Shutdown(SocketShutdown.Both);
        }

        Assert.Equal(0, transport.Receive(new byte[1]));
    }

    [Fact]
    public async Task A_server_that_does_not_take_the_connection_is_given_up_in_time()
    {
        var filling = new List<Socket>();
        try
        {
            // Until the listener's queue is full, which nobody empties, and the system no longer answers.
            while (true)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                filling.Add(socket);
                using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                var connecting = SocketTransport.ConnectAsync(socket, EndPoint, deadline.Token);
                if (await Record.ExceptionAsync(() => connecting.WaitAsync(Patience, Cancellation)) is { } error)
                {
                    Assert.IsType<OperationCanceledException>(error, exactMatch: false);
                    return;
                }

                Assert.True(filling.Count < 10, "The listener takes whatever comes.");
            }
        }
        finally
        {
            filling.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_as_such()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(
            () => SocketTransport.ConnectAsync(socket, new IPEndPoint(IPAddress.Loopback, 1), Cancellation));
    }

    public void Dispose() => _listener.Dispose();

    // With an error, or because the other side's end came first.
    private static async Task IsOverAsync(Task task)
    {
        await task.WaitAsync(Patience, Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(task.IsCompleted);
        Assert.True(task.Exception?.InnerException is null or SocketException or ObjectDisposedException, $"{task.Exception}");
    }

    private async Task<SocketTransport> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await SocketTransport.ConnectAsync(socket, EndPoint, Cancellation);
        return new SocketTransport(socket);
    }
}
