using System.Net;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra.Routing;

/// <summary>The cluster as this client sees it: its nodes, the routing table over them, and whether it can be used.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly CassandraConnectionString _connectionString;
    private readonly IReadOnlyList<Statement> _statements;
    private readonly ILogger _logger;
    private readonly ConnectionFactory _factory;
    private readonly ControlConnection _control;
    private readonly RequestWatch _watch;
    private readonly Dictionary<IPEndPoint, NodeConnections> _nodes = [];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RoutingTable? _routing;
    private string? _datacenter;
    private bool _disposed;

    public Cluster(
        CassandraConnectionString connectionString,
        CassandraOptions options,
        IReadOnlyList<Statement> statements,
        TimeProvider time,
        ILogger logger)
    {
        _connectionString = connectionString;
        _statements = statements;
        _logger = logger;
        Options = options;
        Time = time;
        Metrics = new CassandraMetrics(time, Connections);
        _factory = new ConnectionFactory(connectionString, options, time, Metrics, logger);
        _control = new ControlConnection(this, _factory, connectionString, options, time, logger);
        _watch = new RequestWatch(this, logger);
    }

    public CassandraOptions Options { get; }

    public TimeProvider Time { get; }

    public CassandraMetrics Metrics { get; }

    public RoutingTable? Routing => _routing;

    /// <summary>Done when a node was connected and prepared for the first time.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether a request could be sent right now.</summary>
    public bool IsUsable => _routing?.Pick(0) is not null;

    /// <summary>What last kept us from connecting.</summary>
    public Exception? LastError { get; set; }

    public void Start()
    {
        _control.Start();
        _watch.Start();
    }

    /// <summary>Every open connection of the local data centre.</summary>
    public IEnumerable<CqlConnection> Connections() =>
        (_routing?.Snapshot() ?? []).SelectMany(static node => node.Snapshot());

    /// <summary>Takes over what the system tables say: new nodes are connected to, those that left are let go.</summary>
    public void Apply(Topology topology)
    {
        List<NodeConnections> left = [];
        List<NodeConnections> joined = [];
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var datacenter = ChooseDatacenter(topology);
            var local = topology.Nodes
                .Where(node => node.Datacenter == datacenter)
                // After a change of address a node may list itself among its peers.
                .DistinctBy(static node => node.EndPoint)
                .ToDictionary(static node => node.EndPoint);
            foreach (var endPoint in _nodes.Keys.Except(local.Keys).ToArray())
            {
                _nodes.Remove(endPoint, out var node);
                left.Add(node!);
            }

            foreach (var endPoint in local.Keys.Except(_nodes.Keys).ToArray())
            {
                var node = new NodeConnections(endPoint, _factory, _statements, Options, Time, _logger, OnOpened);
                _nodes.Add(endPoint, node);
                joined.Add(node);
            }

            var ring = TokenRing<NodeConnections>.Build(topology, datacenter, node => _nodes[node.EndPoint]);
            _routing = new RoutingTable(datacenter, [.. _nodes.Values], ring);
            Log.Topology(_logger, _nodes.Count, datacenter, ring.TokenCount, topology.Replication?.ToString() ?? "unknown");
        }

        joined.ForEach(static node => node.Start());
        foreach (var node in left)
        {
            Log.NodeLeft(_logger, node.EndPoint);
            _ = node.DisposeAsync().AsTask();
        }
    }

    /// <summary>Has a node that is said to be up tried at once.</summary>
    /// <returns>False if it is not known.</returns>
    public bool TryWake(IPAddress address)
    {
        var isKnown = false;
        foreach (var node in _routing?.Snapshot() ?? [])
        {
            if (node.EndPoint.Address.Equals(address))
            {
                node.Wake();
                isKnown = true;
            }
        }

        return isKnown;
    }

    public CassandraNoNodeException NoNode() => new(
        Ready.IsCompleted
            ? $"No node of data centre {_routing?.Datacenter} can be reached."
            : $"Not connected to {_connectionString} yet.",
        LastError);

    public async ValueTask DisposeAsync()
    {
        NodeConnections[] nodes;
        lock (_gate)
        {
            // The container disposes the client once for each service that it is registered as.
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            nodes = [.. _nodes.Values];
            _nodes.Clear();
        }

        await _control.DisposeAsync();
        await _watch.DisposeAsync();
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        _ready.TrySetCanceled();
        Metrics.Dispose();
    }

    // Without a configured one it is that of the node we first came to, and stays so: the control connection may come to a node
    // of another one next time, which must not move every read there. Only when it has no node left is another one chosen.
    private string ChooseDatacenter(Topology topology)
    {
        if (_connectionString.LocalDatacenter is { } configured)
        {
            return configured;
        }

        if (_datacenter is null || topology.Nodes.All(node => node.Datacenter != _datacenter))
        {
            _datacenter = topology.Local.Datacenter;
        }

        return _datacenter;
    }

    private void OnOpened()
    {
        LastError = null;
        if (_ready.TrySetResult())
        {
            Log.Ready(_logger);
        }
    }
}
