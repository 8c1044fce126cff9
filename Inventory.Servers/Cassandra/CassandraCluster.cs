using System.Net;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Cassandra;

/// <summary>Real Cassandra nodes on 127.0.0.1, 127.0.0.2 and so on.</summary>
public sealed class CassandraCluster : IAsyncDisposable
{
    private readonly CassandraOptions _options;

    private CassandraCluster(CassandraOptions options, IReadOnlyList<CassandraNode> nodes)
    {
        _options = options;
        Nodes = nodes;
        Port = nodes[0].EndPoint.Port;
        ContactPoints = [.. nodes.Select(node => node.EndPoint.Address.ToString())];
    }

    public IReadOnlyList<string> ContactPoints { get; }

    /// <summary>For CQL, the same on every node.</summary>
    public int Port { get; }

    public string LocalDatacenter { get; } = CassandraConfiguration.DataCenter;

    public IReadOnlyList<CassandraNode> Nodes { get; }

    public static Task<CassandraCluster> StartAsync(CassandraOptions options, CancellationToken cancellationToken) =>
        PortPlan.StartAsync(() => StartOnceAsync(options, cancellationToken));

    public Task StopAsync() => Task.WhenAll(Nodes.Select(node => node.StopAsync()));

    /// <summary>On the same ports and data.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await Task.WhenAll(Nodes.Select(node => node.RestartAsync(cancellationToken)));
        await WaitUntilCompleteAsync(cancellationToken);
    }

    /// <summary>Waits until every node runs and holds every other to be up.</summary>
    public async Task WaitUntilCompleteAsync(CancellationToken cancellationToken)
    {
        if (Nodes.Count == 1)
        {
            return;
        }

        foreach (var node in Nodes)
        {
            if (!await Readiness.WaitAsync(
                cancellation => CqlProbe.SeesAllNodesAsync(node.EndPoint, cancellation),
                _options.StartTimeout,
                cancellationToken))
            {
                throw new ServerStartException(
                    $"{node.Process.Name} does not see all nodes.\n{LogTail.Read(node.Process.LogFile)}");
            }
        }
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Nodes.Select(node => node.Process.DisposeAsync().AsTask()));

    private static async Task<CassandraCluster> StartOnceAsync(
        CassandraOptions options, CancellationToken cancellationToken)
    {
        var java = await CassandraJava.FindAsync(options, cancellationToken);
        IPAddress[] addresses = [.. Enumerable.Range(1, options.Nodes).Select(CassandraAddress.Of)];
        var nativePort = PortPlan.Resolve(options.Port, "Cassandra", addresses);
        // Clusters of several runs share these addresses, so the port between the nodes must differ.
        var storagePort = FreePorts.Take(addresses);
        var nodes = new List<CassandraNode>();
        for (var number = 1; number <= options.Nodes; number++)
        {
            var address = new CassandraAddress(number, nativePort, storagePort);
            nodes.Add(await CassandraNode.PrepareAsync(options, java, address, cancellationToken));
        }

        var cluster = new CassandraCluster(options, nodes);
        try
        {
            await Task.WhenAll(nodes.Select(node => node.Process.StartAsync(cancellationToken)));
            await cluster.WaitUntilCompleteAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }
}
