using System.Net;
using System.Net.Sockets;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra.Routing;

/// <summary>One connection apart from the requests, to whichever node answers: it learns the topology and its changes.</summary>
internal sealed class ControlConnection(
    Cluster cluster,
    ConnectionFactory factory,
    CassandraConnectionString connectionString,
    CassandraOptions options,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>A node that joins causes several events, and is in system.peers only a moment after them.</summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _changed = new(0);
    private Task _running = Task.CompletedTask;

    public void Start() => _running = RunAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _changed.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(options.ReconnectBaseDelay, options.ReconnectMaxDelay);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var connection = await ConnectAsync(stopping);
                await RegisterAsync(connection, stopping);
                await RefreshAsync(connection, stopping);
                backoff.Reset();
                await FollowAsync(connection, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // This loop is the only way back: it outlives whatever goes wrong.
            catch (Exception error)
#pragma warning restore CA1031
            {
                cluster.LastError = error;
                var delay = backoff.Next();
                Log.NoContactPoint(logger, delay, error);
                await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<CqlConnection> ConnectAsync(CancellationToken stopping)
    {
        Exception? last = null;
        foreach (var endPoint in await CandidatesAsync(stopping))
        {
            try
            {
                return await factory.ConnectAsync(endPoint, stopping);
            }
            catch (CassandraException error)
            {
                last = error;
            }
        }

        throw new CassandraNoNodeException($"None of {connectionString} could be reached: {last?.Message}", last);
    }

    /// <summary>The nodes we know first, then the contact points: after a move only the latter may be right.</summary>
    private async Task<List<IPEndPoint>> CandidatesAsync(CancellationToken stopping)
    {
        List<IPEndPoint> candidates = [.. (cluster.Routing?.Snapshot() ?? []).Select(static node => node.EndPoint)];
        foreach (var contactPoint in connectionString.ContactPoints)
        {
            try
            {
                var addresses = await Dns.GetHostAddressesAsync(contactPoint, stopping);
                candidates.AddRange(addresses.Select(address => new IPEndPoint(address, connectionString.Port)));
            }
            catch (SocketException error)
            {
                cluster.LastError = error;
            }
        }

        var distinct = candidates.Distinct().ToArray();
#pragma warning disable CA5394 // Spreading clients over nodes is no secret.
        Random.Shared.Shuffle(distinct);
#pragma warning restore CA5394
        return [.. distinct];
    }

    private async Task RefreshAsync(CqlConnection connection, CancellationToken stopping)
    {
        var reader = new TopologyReader(connection, connectionString.Keyspace, options.ConnectTimeout);
        cluster.Apply(await reader.ReadAsync(stopping));
    }

    /// <summary>Before the topology is read: nothing that happens meanwhile is missed.</summary>
    private async Task RegisterAsync(CqlConnection connection, CancellationToken stopping)
    {
        connection.EventReceived = OnEvent;
        await connection.AskAsync(
            Opcode.Register,
            RequestFrame.Register(ServerEvent.Topology, ServerEvent.Status, ServerEvent.Schema),
            options.ConnectTimeout,
            stopping);
    }

    private async Task FollowAsync(CqlConnection connection, CancellationToken stopping)
    {
        // Withdrawn with the connection: a waiter that stayed behind would take the first event of the next one.
        using var following = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            await FollowAsync(connection, connection.Closed, following.Token);
        }
        finally
        {
            await following.CancelAsync();
        }
    }

    private async Task FollowAsync(CqlConnection connection, Task<CassandraException> closed, CancellationToken following)
    {
        var refreshed = time.GetTimestamp();
        var patience = TimeSpan.FromTicks(Math.Min(options.HeartbeatInterval.Ticks, options.TopologyRefreshInterval.Ticks));
        while (true)
        {
            var changed = _changed.WaitAsync(patience, following);
            if (await Task.WhenAny(changed, closed) == closed)
            {
                throw await closed;
            }

            if (await changed)
            {
                await SettleAsync(following);
            }
            else if (time.GetElapsedTime(refreshed) < options.TopologyRefreshInterval)
            {
                // Nothing for long: is it still there?
                await connection.AskAsync(Opcode.Options, [], options.ConnectTimeout, following);
                continue;
            }

            // After an event, and from time to time without one: a server may fail to tell.
            await RefreshAsync(connection, following);
            refreshed = time.GetTimestamp();
        }
    }

    private async Task SettleAsync(CancellationToken following)
    {
        await Task.Delay(SettlingTime, time, following);
        while (_changed.Wait(0, following))
        {
            // One refresh serves all events until now.
        }
    }

    /// <summary>On the receiving thread: only notes what happened.</summary>
    private void OnEvent(ServerEvent occurred)
    {
        Log.ServerEvent(logger, occurred.Type, occurred.Change, occurred.Address);
        if (occurred is { Type: ServerEvent.Status, Address: { } address })
        {
            // DOWN is one node's opinion of another; our own connections know better.
            if (occurred.Change != "UP" || cluster.TryWake(address))
            {
                return;
            }

            // Nobody told of it when it joined.
        }

        _changed.Release();
    }
}
