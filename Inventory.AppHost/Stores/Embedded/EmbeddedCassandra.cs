using Inventory.Servers;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Stores.Embedded;

internal sealed class EmbeddedCassandra(string name) : EmbeddedServer(name)
{
    /// <summary>Null before the first start.</summary>
    public CassandraCluster? Cluster { get; private set; }

    public override IReadOnlyList<ServerProcess> Processes =>
        Cluster is null ? [] : [.. Cluster.Nodes.Select(node => node.Process)];

    public override IReadOnlyList<string> Addresses =>
        Cluster is null ? [] : [.. Cluster.Nodes.Select(node => node.EndPoint.ToString())];

    public override Task StopAsync() => Cluster?.StopAsync() ?? Task.CompletedTask;

    protected override async Task<string> StartServerAsync(EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        Cluster = await CassandraCluster.StartAsync(
            new() { Directory = options.Directory, Reuse = options.Reuse, Progress = options.Progress }, cancellationToken);
        return LocalStores.ConnectionString(Cluster);
    }

    protected override async Task RestartServerAsync(CancellationToken cancellationToken)
    {
        var cassandra = Cluster!;
        await Task.WhenAll(cassandra.Nodes
            .Where(node => node.Process.HasExited)
            .Select(node => node.RestartAsync(cancellationToken)));
        await cassandra.WaitUntilCompleteAsync(cancellationToken);
    }
}
