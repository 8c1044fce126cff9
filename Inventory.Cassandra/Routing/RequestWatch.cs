using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra.Routing;

/// <summary>
/// The client's only timer: it ends requests that took too long, asks silent connections whether they live, and sends
/// slow reads a second time.
/// </summary>
internal sealed class RequestWatch : IAsyncDisposable
{
    /// <summary>How late a timeout may be; also how long a kept-back frame waits at worst.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly Cluster _cluster;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly SpeculativeReads _speculation;
    private readonly HashSet<CqlConnection> _asked = [];
    private readonly long _silence;
    private Task _running = Task.CompletedTask;

    public RequestWatch(Cluster cluster, ILogger logger)
    {
        _cluster = cluster;
        _logger = logger;
        _timer = new PeriodicTimer(Period, cluster.Time);
        _speculation = new SpeculativeReads(cluster);
        _silence = (long)(cluster.Options.HeartbeatInterval.TotalSeconds * cluster.Time.TimestampFrequency);
    }

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                Tick(_cluster.Time.GetTimestamp());
            }
#pragma warning disable CA1031 // Without this timer no request would ever time out: it survives whatever happens.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Log.TickFailed(_logger, error);
            }
        }
    }

    private void Tick(long now)
    {
        FlushScope.Tick();
        if (_cluster.Routing is not { } routing)
        {
            return;
        }

        foreach (var node in routing.Nodes)
        {
            foreach (var connection in node.Open)
            {
                connection.Tick(now);
                if (now - connection.LastReceivedAt > _silence)
                {
                    AskWhetherAlive(connection);
                }
            }
        }

        _speculation.Tick(routing, now);
    }

    private void AskWhetherAlive(CqlConnection connection)
    {
        lock (_asked)
        {
            if (!_asked.Add(connection))
            {
                return;
            }
        }

        _ = AskWhetherAliveAsync(connection);
    }

    private async Task AskWhetherAliveAsync(CqlConnection connection)
    {
        try
        {
            await connection.AskAsync(Opcode.Options, [], _cluster.Options.ConnectTimeout, CancellationToken.None);
        }
        catch (CassandraException error)
        {
            Log.HeartbeatFailed(_logger, connection.EndPoint, error);
            connection.Close(new CassandraConnectionException($"{connection.EndPoint} does not answer.", error));
        }
        finally
        {
            lock (_asked)
            {
                _asked.Remove(connection);
            }
        }
    }
}
