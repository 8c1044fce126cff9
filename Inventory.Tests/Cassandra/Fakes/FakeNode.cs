using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Inventory.Cassandra;
using Inventory.Cassandra.Protocol;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>
/// A scripted node, for what a real one can't be made to do. Left alone it is one healthy node that holds the same level
/// for every key.
/// </summary>
internal sealed class FakeNode : IAsyncDisposable
{
    public static readonly StockLevel Level = new(7, 42, DateTimeOffset.UnixEpoch.AddDays(20_000));

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<FakeConnection, Task> _connections = new();
    private readonly Task _accepting;

    public FakeNode(string address = "127.0.0.1", int port = 0)
    {
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Asked first; null leaves the request to the healthy node.</summary>
    public Func<FakeRequest, FakeReply?> Script { get; set; } = static _ => null;

    /// <summary>Put around every accepted connection: TLS.</summary>
    public Func<NetworkStream, Task<Stream>> Wrap { get; set; } = static stream => Task.FromResult<Stream>(stream);

    /// <summary>Others of the cluster.</summary>
    public IReadOnlyList<FakeNode> Peers { get; set; } = [];

    public byte NewestVersion { get; set; } = 4;

    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    public IEnumerable<FakeConnection> Connections => _connections.Keys;

    public int CountOf(Opcode opcode) => Requests.Count(request => request.Opcode == opcode);

    public CassandraConnectionString ConnectionString => new()
    {
        ContactPoints = [EndPoint.Address.ToString()],
        Port = EndPoint.Port,
        LocalDatacenter = "dc1",
    };

    /// <summary>Keeps every answer to a read back until the result is set.</summary>
    public TaskCompletionSource HoldLevels()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Script = request => request.Opcode == Opcode.Execute
            ? new FakeReply(FakeFrames.Level(request, Level), answer.Task)
            : null;
        return answer;
    }

    /// <summary>Ends every connection as a crash would.</summary>
    public void Drop()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    public Task BroadcastAsync(byte[] frame) =>
        Task.WhenAll(_connections.Keys.Where(static connection => connection.IsRegistered)
            .Select(connection => connection.SendAsync(frame)));

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Dispose();
        Drop();
        await _accepting;
        await Task.WhenAll(_connections.Values);
    }

    public FakeReply ReplyTo(FakeRequest request)
    {
        Requests.Enqueue(request);
        if (request.Version > NewestVersion)
        {
            // As 2.1.0 does it: an error of the server, in a frame of its own version, on stream 0.
            return new FakeReply(
                FakeFrames.Error(request with { Version = NewestVersion, Stream = 0 }, default), ThenClose: true);
        }

        return Script(request) ?? HealthyReplyTo(request);
    }

    private byte[] HealthyReplyTo(FakeRequest request) => request.Opcode switch
    {
        Opcode.Startup or Opcode.Register => FakeFrames.Ready(request),
        Opcode.Options => FakeFrames.Frame(request, Opcode.Supported, [0, 0]),
        Opcode.Prepare => FakeFrames.Prepared(request),
        Opcode.Query when request.Cql.Contains("system.local", StringComparison.Ordinal) =>
            FakeFrames.Rows(request, [.. Common(), FakeFrames.Text("2.1.0"), FakeFrames.Text("Murmur3Partitioner")]),
        Opcode.Query when request.Cql.Contains("system.peers", StringComparison.Ordinal) => PeersReplyTo(request),
        Opcode.Query => FakeFrames.Rows(
            request, [FakeFrames.Text("NetworkTopologyStrategy"), FakeFrames.Text($$"""{"dc1":"{{Peers.Count + 1}}"}""")]),
        Opcode.Execute when request.Statement.StartsWith("INSERT", StringComparison.Ordinal) => FakeFrames.Void(request),
        _ => FakeFrames.Level(request, Level),
    };

    private byte[] PeersReplyTo(FakeRequest request) => Peers.Count > 0
        ? FakeFrames.Rows(request, [.. Peers.Select(static peer => peer.AsPeer())])
        : FakeFrames.Frame(request, Opcode.Result, [0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 6, 0, 0, 0, 0]);

    private byte[]?[] AsPeer() => [.. Common(), EndPoint.Address.GetAddressBytes(), EndPoint.Address.GetAddressBytes()];

    /// <summary>data_center, rack, schema_version, tokens.</summary>
    private byte[]?[] Common() =>
        [FakeFrames.Text("dc1"), FakeFrames.Text("rack1"), new byte[16], FakeFrames.TextSet($"{EndPoint.GetHashCode()}")];

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                var connection = new FakeConnection(this, socket);
                _connections[connection] = connection.ServeAsync();
            }
        }
        catch (Exception error) when (_stopping.IsCancellationRequested
            && error is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped: which of these it is depends on where the listener was at that moment.
        }
    }
}
