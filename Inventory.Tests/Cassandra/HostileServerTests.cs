using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>Whatever a server sends in answer to a read, the read ends, and the next connection works.</summary>
public sealed class HostileServerTests
{
    private static readonly StockKey Key = new(1, 2);

    public static TheoryData<string> Answers =>
        ["unknown opcode", "wrong opcode", "wrong stream", "negative stream", "compressed", "no such version",
         "request instead of response", "endless length", "negative length", "truncated rows", "too many columns",
         "a billion rows", "truncated error", "wrong kind", "text", "another version"];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_frame_that_is_not_the_protocol_closes_the_connection_with_a_clear_error(string answer)
    {
        await using var node = new FakeNode();
        var hostile = false;
        node.Script = request => request.Opcode == Opcode.Execute && Volatile.Read(ref hostile)
            ? Hostile(answer, request)
            : null;
        await using var client = await TestClients.ConnectAsync(node);
        var connection = client.Cluster.Connections().Single();
        Volatile.Write(ref hostile, true);

        var error = await Assert.ThrowsAnyAsync<CassandraException>(
            () => client.ReadAsync(Key, TestContext.Current.CancellationToken).AsTask());
        Assert.True(error is CassandraProtocolException or CassandraConnectionException, error.ToString());
        var reason = await connection.Closed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.IsType<CassandraProtocolException>(reason);

        Volatile.Write(ref hostile, false);
        await Eventually.IsTrueAsync(() => client.IsUsable);
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Half_a_frame_ends_in_a_timeout_and_the_rest_completes_it()
    {
        await using var node = new FakeNode();
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] whole = [];
        node.Script = request =>
        {
            if (request.Opcode != Opcode.Execute || whole.Length > 0)
            {
                return null;
            }

            whole = FakeFrames.Level(request, FakeNode.Level);
            return whole[..20];
        };
        await using var client = await TestClients.ConnectAsync(
            node, static options => options.ReadTimeout = TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAsync<CassandraTimeoutException>(
            () => client.ReadAsync(Key, TestContext.Current.CancellationToken).AsTask());

        foreach (var connection in node.Connections)
        {
            if (!connection.IsRegistered)
            {
                await connection.SendAsync(whole[20..]);
            }
        }

        await Eventually.IsTrueAsync(() => client.Cluster.Connections().All(static connection => connection.Load == 0));
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_when_half_of_its_streams_are_lost()
    {
        await using var node = new FakeNode();
        var silent = true;
        node.Script = request => request.Opcode == Opcode.Execute && Volatile.Read(ref silent) ? FakeReply.Nothing : null;
        await using var client = await TestClients.ConnectAsync(node, static options =>
        {
            options.ReadTimeout = TimeSpan.FromMilliseconds(100);
            options.MaxRequestsInFlight = 8;
        });
        var connection = client.Cluster.Connections().Single();
        var reads = Enumerable.Range(0, 8).Select(_ => client.ReadAsync(Key, TestContext.Current.CancellationToken).AsTask()).ToArray();
        foreach (var read in reads)
        {
            await Assert.ThrowsAnyAsync<CassandraException>(() => read);
        }

        await connection.Closed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Volatile.Write(ref silent, false);
        await Eventually.IsTrueAsync(() => client.IsUsable);
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_silent_while_idle_is_asked_whether_it_lives()
    {
        await using var node = new FakeNode();
        node.Script = static request => request.Opcode == Opcode.Options ? FakeReply.Nothing : null;
        await using var client = await TestClients.ConnectAsync(node, static options =>
        {
            options.HeartbeatInterval = TimeSpan.FromMilliseconds(200);
            options.ConnectTimeout = TimeSpan.FromMilliseconds(500);
        });
        var connection = client.Cluster.Connections().Single();
        var reason = await connection.Closed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.IsType<CassandraConnectionException>(reason);
    }

    private static byte[] Hostile(string answer, FakeRequest request)
    {
        var frame = FakeFrames.Level(request, FakeNode.Level);
        return answer switch
        {
            "unknown opcode" => With(frame, 4, 0x7F),
            "wrong opcode" => With(frame, 4, (byte)Opcode.Supported),
            "wrong stream" => With(frame, 2, 0x70),
            "negative stream" => With(frame, 2, 0x80),
            "compressed" => With(frame, 1, (byte)FrameFlags.Compressed),
            "no such version" => With(frame, 0, 0x82),
            "request instead of response" => With(frame, 0, 0x04),
            "endless length" => With(frame, 5, 0x7F),
            "negative length" => With(frame, 5, 0xFF),
            "truncated rows" => FakeFrames.Frame(request, Opcode.Result, frame[9..30]),
            "too many columns" => With(frame, 20, 9),
            "a billion rows" => With(frame, 21, 0x40),
            "truncated error" => FakeFrames.Frame(request, Opcode.Error, [0, 0, 0x10]),
            "wrong kind" => FakeFrames.Void(request),
            "text" => "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(),
            "another version" => With(frame, 0, 0x83),
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        };
    }

    private static byte[] With(byte[] frame, int index, byte value)
    {
        frame[index] = value;
        return frame;
    }
}
