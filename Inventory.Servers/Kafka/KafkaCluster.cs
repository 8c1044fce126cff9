using System.Net;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Kafka;

/// <summary>Real Kafka brokers and the ZooKeeper that they need.</summary>
public sealed class KafkaCluster : IAsyncDisposable
{
    private const int LargestReplicationFactor = 3;

    private readonly KafkaOptions _options;
    private readonly KafkaTopics _topics;

    private KafkaCluster(
        KafkaOptions options, KafkaTopics topics, ServerProcess zookeeper, IReadOnlyList<KafkaBroker> brokers)
    {
        _options = options;
        _topics = topics;
        Zookeeper = zookeeper;
        Brokers = brokers;
        BootstrapServers = string.Join(',', brokers.Select(broker => broker.EndPoint));
    }

    public string BootstrapServers { get; }

    public IReadOnlyList<KafkaBroker> Brokers { get; }

    public ServerProcess Zookeeper { get; }

    public static Task<KafkaCluster> StartAsync(KafkaOptions options, CancellationToken cancellationToken) =>
        PortPlan.StartAsync(() => StartOnceAsync(options, cancellationToken));

    /// <summary>
    /// Creates a topic, on up to three brokers, and waits until every broker knows it. One that exists stays as it is.
    /// </summary>
    public async Task CreateTopicAsync(
        string name,
        int partitions,
        IReadOnlyDictionary<string, string> configuration,
        CancellationToken cancellationToken)
    {
        if (await CountPartitionsAsync(name, cancellationToken) == 0)
        {
            var replicationFactor = Math.Min(Brokers.Count, LargestReplicationFactor);
            await _topics.CreateAsync(name, partitions, replicationFactor, configuration, cancellationToken);
        }

        await WaitUntilAllAsync(
            metadata => metadata.Topics.TryGetValue(name, out var topic)
                && topic is { Partitions: > 0, HaveLeaders: true },
            $"know a leader for every partition of the topic {name}",
            cancellationToken);
    }

    /// <summary>0 for a topic that does not exist.</summary>
    public async Task<int> CountPartitionsAsync(string topic, CancellationToken cancellationToken)
    {
        var broker = Brokers.FirstOrDefault(candidate => !candidate.Process.HasExited)
            ?? throw new InvalidOperationException("No broker runs.");
        var known = await KafkaProbe.AskAsync(broker.EndPoint, cancellationToken);
        return known.Topics.TryGetValue(topic, out var found) ? found.Partitions : 0;
    }

    /// <summary>Waits until every broker runs and knows every other.</summary>
    public async Task WaitUntilCompleteAsync(CancellationToken cancellationToken) =>
        await WaitUntilAllAsync(
            metadata => metadata.Brokers.Count == Brokers.Count, "know each other", cancellationToken);

    /// <summary>Brokers first: they hand over through ZooKeeper.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAll(Brokers.Select(broker => broker.Process.StopAsync()));
        await Zookeeper.StopAsync();
    }

    /// <summary>On the same ports and data.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await Zookeeper.RestartAsync(cancellationToken);
        await Task.WhenAll(Brokers.Select(broker => broker.RestartAsync(cancellationToken)));
        await WaitUntilCompleteAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Brokers.Select(broker => broker.Process.DisposeAsync().AsTask()));
        await Zookeeper.DisposeAsync();
    }

    private static async Task<KafkaCluster> StartOnceAsync(KafkaOptions options, CancellationToken cancellationToken)
    {
        var installation = await KafkaInstallation.FindAsync(options, cancellationToken);
        var zookeeperEnd = new IPEndPoint(IPAddress.Loopback, FreePorts.Take(IPAddress.Loopback));
        var zookeeper = await ZookeeperNode.StartAsync(options, installation, zookeeperEnd.Port, cancellationToken);
        var brokers = new List<KafkaBroker>();
        var cluster = default(KafkaCluster);
        try
        {
            for (var id = 1; id <= options.Brokers; id++)
            {
                var port = PortPlan.Resolve(
                    options.Ports.ElementAtOrDefault(id - 1), $"Kafka broker {id}", IPAddress.Loopback);
                var endPoint = new IPEndPoint(IPAddress.Loopback, port);
                brokers.Add(await KafkaBroker.PrepareAsync(
                    options, installation, id, endPoint, zookeeperEnd, cancellationToken));
            }

            var topics = new KafkaTopics(options, installation, zookeeperEnd);
            cluster = new KafkaCluster(options, topics, zookeeper, brokers);
            await Task.WhenAll(brokers.Select(broker => broker.Process.StartAsync(cancellationToken)));
            await cluster.WaitUntilCompleteAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await (cluster?.DisposeAsync() ?? zookeeper.DisposeAsync());
            throw;
        }
    }

    private async Task WaitUntilAllAsync(
        Func<KafkaMetadata, bool> isSo, string what, CancellationToken cancellationToken)
    {
        foreach (var broker in Brokers.Where(broker => !broker.Process.HasExited))
        {
            if (!await Readiness.WaitAsync(
                async cancellation => isSo(await KafkaProbe.AskAsync(broker.EndPoint, cancellation)),
                _options.StartTimeout,
                cancellationToken))
            {
                throw new ServerStartException(
                    $"The Kafka brokers do not {what}.\n{LogTail.Read(broker.Process.LogFile)}");
            }
        }
    }
}
