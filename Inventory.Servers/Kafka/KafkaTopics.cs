using System.Globalization;
using System.Net;
using Inventory.Servers.Java;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Kafka;

/// <summary>Creates topics by Kafka's own command: brokers before 0.10.1 have no request for it.</summary>
internal sealed class KafkaTopics(KafkaOptions options, KafkaInstallation installation, IPEndPoint zookeeper)
{
    private const int HeapMegabytes = 64;

    public async Task CreateAsync(
        string name,
        int partitions,
        int replicationFactor,
        IReadOnlyDictionary<string, string> configuration,
        CancellationToken cancellationToken)
    {
        var folder = options.Paths.Zookeeper;
        string[] command =
        [
            "kafka.admin.TopicCommand",
            "--zookeeper", zookeeper.ToString(),
            "--create",
            "--topic", name,
            "--partitions", partitions.ToString(CultureInfo.InvariantCulture),
            "--replication-factor", replicationFactor.ToString(CultureInfo.InvariantCulture),
            .. configuration.SelectMany(setting => new[] { "--config", $"{setting.Key}={setting.Value}" }),
        ];
        var arguments = await installation.PrepareAsync(folder, HeapMegabytes, command, cancellationToken);
        var create = new ChildProcessOptions
        {
            Name = $"Creation of the topic {name}",
            FileName = installation.Java,
            // It runs for a second: compiling it well would take longer than running it.
            Arguments = [.. QuickJava.Arguments, .. arguments],
            LogFile = Path.Combine(folder, $"create-{name}.log"),
        };
        try
        {
            await ChildProcess.RunAsync(create, cancellationToken);
        }
        catch (ServerStartException exception)
            when (exception.Message.Contains("TopicExistsException", StringComparison.Ordinal))
        {
            // Somebody else created it meanwhile.
        }
    }
}
