using Inventory.Servers;
using Inventory.Servers.Kafka;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Stores.Embedded;

internal sealed class EmbeddedKafka(string name) : EmbeddedServer(name)
{
    /// <summary>Null before the first start.</summary>
    public KafkaCluster? Cluster { get; private set; }

    public override IReadOnlyList<ServerProcess> Processes =>
        Cluster is null ? [] : [Cluster.Zookeeper, .. Cluster.Brokers.Select(broker => broker.Process)];

    public override IReadOnlyList<string> Addresses => Cluster?.BootstrapServers.Split(',') ?? [];

    public override Task StopAsync() => Cluster?.StopAsync() ?? Task.CompletedTask;

    protected override async Task<string> StartServerAsync(EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        Cluster = await LocalStores.StartKafkaAsync(
            new() { Directory = options.Directory, Reuse = options.Reuse, Progress = options.Progress },
            options.TopicPartitions,
            cancellationToken);
        return Cluster.BootstrapServers;
    }

    // What still runs stays: a broker that was killed comes back to its ZooKeeper.
    protected override async Task RestartServerAsync(CancellationToken cancellationToken)
    {
        var kafka = Cluster!;
        if (kafka.Zookeeper.HasExited)
        {
            await kafka.Zookeeper.RestartAsync(cancellationToken);
        }

        await Task.WhenAll(kafka.Brokers
            .Where(broker => broker.Process.HasExited)
            .Select(broker => broker.RestartAsync(cancellationToken)));
        await kafka.WaitUntilCompleteAsync(cancellationToken);
    }
}
