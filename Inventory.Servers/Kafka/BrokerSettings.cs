using System.Globalization;

namespace Inventory.Servers.Kafka;

/// <summary>The server.properties of a broker.</summary>
internal static class BrokerSettings
{
    private const int LargestReplicationFactor = 3;

    public static Dictionary<string, string> Build(KafkaOptions options, int broker, int port, int zookeeperPort)
    {
        var replicas = Text(Math.Min(options.Brokers, LargestReplicationFactor));
        var settings = new Dictionary<string, string>
        {
            ["broker.id"] = Text(broker),
            ["listeners"] = $"PLAINTEXT://127.0.0.1:{Text(port)}",
            ["log.dirs"] = Path.Combine(options.Paths.Kafka(broker), "data"),
            ["zookeeper.connect"] = $"127.0.0.1:{Text(zookeeperPort)}",
            ["zookeeper.session.timeout.ms"] = Text(ZookeeperNode.SessionTimeoutMilliseconds),
            ["zookeeper.connection.timeout.ms"] = "20000",

            // An acknowledged message survives the loss of any one of three brokers.
            ["default.replication.factor"] = replicas,
            ["offsets.topic.replication.factor"] = replicas,
            ["min.insync.replicas"] = options.Brokers >= LargestReplicationFactor ? "2" : "1",
            ["unclean.leader.election.enable"] = "false",

            // A misspelt topic is an error, not a new topic.
            ["auto.create.topics.enable"] = "false",
            ["delete.topic.enable"] = "true",

            // Sized for a heap of 256 MB and a group or two; every partition costs time at start.
            ["offsets.topic.num.partitions"] = "4",
            ["log.cleaner.dedupe.buffer.size"] = "16777216",
            ["num.network.threads"] = "2",
            ["num.io.threads"] = "4",
            ["num.recovery.threads.per.data.dir"] = "2",

            // When all brokers stop at once nobody is left to take over: do not wait long to find that out.
            ["controlled.shutdown.retry.backoff.ms"] = "500",
        };
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        return settings;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
