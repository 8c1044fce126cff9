using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Stocks;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary>
/// Connects in the background, for as long as it takes: a process that starts before Cassandra does lives, and is not ready
/// until it could connect. The driver comes back by itself once it was connected, but not when its first attempt failed.
/// </summary>
internal sealed class DriverConnection(
    CassandraConnectionString connectionString, CassandraOptions options, ILogger<DriverConnection> logger, TimeProvider time)
    : IHostedService, IAsyncDisposable
{
    // Cassandra 2.1.0 leaves the columns' types out of everybody's answers once one client has asked for that: for this
    // driver, which then fails, a statement must not be one that our own client prepares too. A comment makes it another.
    private const string OwnText = "/* DataStax */ ";

    private readonly CancellationTokenSource _stopping = new();
    private volatile DriverSession? _session;
    private Task _connecting = Task.CompletedTask;

    public StockStatements Statements { get; } = new(connectionString.Keyspace, options);

    public CassandraOptions Options => options;

    public Exception? LastError { get; private set; }

    /// <summary>Whether the driver holds a node of the local data centre to be up.</summary>
    public bool IsUsable => _session is { } session && session.Cluster.AllHosts().Any(host =>
        host.IsUp && (connectionString.LocalDatacenter is not { } local || host.Datacenter == local));

    /// <exception cref="CassandraNoNodeException">It was never connected yet.</exception>
    public DriverSession Session => _session ?? throw NoNode();

    public CassandraNoNodeException NoNode() => new(
        _session is null
            ? $"Not connected to {connectionString} yet."
            : "No node of the local data centre can be reached.",
        LastError);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = Task.Run(() => ConnectAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <remarks>The container disposes the connection after everything that may still use it has stopped.</remarks>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _connecting;
        await (_session?.Cluster.ShutdownAsync() ?? Task.CompletedTask);
        _stopping.Dispose();
    }

    private async Task ConnectAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(options.ReconnectBaseDelay, options.ReconnectMaxDelay);
        while (!stopping.IsCancellationRequested)
        {
            Driver.Cluster? cluster = null;
            try
            {
                cluster = DriverCluster.Build(connectionString, options);
                var session = await cluster.ConnectAsync();
                _session = new DriverSession(cluster, session, await Task.WhenAll(
                    Statements.All.Select(statement => session.PrepareAsync(OwnText + statement.Cql))));
                Log.Ready(logger);
                return;
            }
#pragma warning disable CA1031 // This loop is the only way to a first connection: it outlives whatever goes wrong.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LastError = error;
                var delay = backoff.Next();
                Log.NoContactPoint(logger, delay, error);
                await (cluster?.ShutdownAsync() ?? Task.CompletedTask);
                await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
