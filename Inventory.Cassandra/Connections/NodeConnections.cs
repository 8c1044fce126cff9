using System.Net;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra.Connections;

/// <summary>The connections to one node: opened, prepared and, whenever one ends, opened again.</summary>
internal sealed class NodeConnections : IAsyncDisposable
{
    private readonly ConnectionFactory _factory;
    private readonly IReadOnlyList<Statement> _statements;
    private readonly CassandraOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action _opened;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task _keeping = Task.CompletedTask;
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CqlConnection[] _open = [];

    public NodeConnections(
        IPEndPoint endPoint,
        ConnectionFactory factory,
        IReadOnlyList<Statement> statements,
        CassandraOptions options,
        TimeProvider time,
        ILogger logger,
        Action opened)
    {
        EndPoint = endPoint;
        _factory = factory;
        _statements = statements;
        _options = options;
        _time = time;
        _logger = logger;
        _opened = opened;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Those that are ready for requests.</summary>
    public ReadOnlySpan<CqlConnection> Open => _open;

    public CqlConnection[] Snapshot() => _open;

    public void Start() => _keeping = Task.WhenAll(
        Enumerable.Range(0, _options.ConnectionsPerNode).Select(_ => KeepOpenAsync(_stopping.Token)));

    /// <summary>The node is said to be up: whoever waits before the next attempt, or fails in one right now, need not.</summary>
    public void Wake() => Interlocked
        .Exchange(ref _wake, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
        .TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var connection in _open)
        {
            connection.Dispose();
        }

        await _keeping;
        _stopping.Dispose();
    }

    private async Task KeepOpenAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(_options.ReconnectBaseDelay, _options.ReconnectMaxDelay);
        while (!stopping.IsCancellationRequested)
        {
            // Taken before the attempt: news that comes during it counts as well.
            var woken = Volatile.Read(ref _wake).Task;
            try
            {
                using var connection = await OpenAsync(stopping);
                backoff.Reset();
                await ServeAsync(connection, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // This loop is the only way back: it outlives whatever goes wrong.
            catch (Exception error)
#pragma warning restore CA1031
            {
                await RestAsync(backoff, error, woken, stopping);
            }
        }
    }

    private async Task<CqlConnection> OpenAsync(CancellationToken stopping)
    {
        var connection = await _factory.ConnectAsync(EndPoint, stopping);
        try
        {
            await connection.PrepareAllAsync(_statements, _options.ConnectTimeout, stopping);
            Log.Connected(_logger, EndPoint, connection.Version);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async Task ServeAsync(CqlConnection connection, CancellationToken stopping)
    {
        Change(open => [.. open, connection]);
        _opened();
        try
        {
            throw await connection.Closed.WaitAsync(stopping);
        }
        finally
        {
            Change(open => [.. open.Where(other => other != connection)]);
        }
    }

    private async Task RestAsync(Backoff backoff, Exception error, Task woken, CancellationToken stopping)
    {
        var isFirst = backoff.IsFirst;
        var delay = backoff.Next();
        if (isFirst)
        {
            Log.CouldNotConnect(_logger, EndPoint, error);
        }
        else
        {
            Log.StillCannotConnect(_logger, EndPoint, error.Message, delay);
        }

        try
        {
            await woken.WaitAsync(delay, _time, stopping);
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            // The delay is over, or everything is.
        }
    }

    private void Change(Func<CqlConnection[], CqlConnection[]> change)
    {
        lock (_gate)
        {
            _open = change(_open);
        }
    }
}
