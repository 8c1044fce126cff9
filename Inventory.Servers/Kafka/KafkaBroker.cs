using System.Net;
using Inventory.Servers.Files;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Kafka;

/// <summary>One broker of a <see cref="KafkaCluster"/>.</summary>
public sealed class KafkaBroker
{
    private const int HeapMegabytes = 256;

    private KafkaBroker(int id, IPEndPoint endPoint, ServerProcess process)
    {
        Id = id;
        EndPoint = endPoint;
        Process = process;
    }

    /// <summary>1, 2, ...</summary>
    public int Id { get; }

    public IPEndPoint EndPoint { get; }

    public ServerProcess Process { get; }

    public Task StopAsync() => Process.StopAsync();

    /// <summary>On the same port and data.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => Process.RestartAsync(cancellationToken);

    internal static async Task<KafkaBroker> PrepareAsync(
        KafkaOptions options,
        KafkaInstallation installation,
        int id,
        IPEndPoint endPoint,
        IPEndPoint zookeeper,
        CancellationToken cancellationToken)
    {
        var name = FormattableString.Invariant($"Kafka broker {id}");
        var folder = options.Paths.Kafka(id);
        var settings = Path.Combine(folder, "server.properties");
        string[] arguments;
        using (await ServerFolder.PrepareAsync(name, folder, options, cancellationToken))
        {
            await PropertiesFile.WriteAsync(
                settings, BrokerSettings.Build(options, id, endPoint.Port, zookeeper.Port), cancellationToken);
            arguments = await installation.PrepareAsync(
                folder, HeapMegabytes, ["kafka.Kafka", settings], cancellationToken);
        }

        var process = new ServerProcess(new ServerDefinition
        {
            Options = options,
            Child = new ChildProcessOptions
            {
                Name = name,
                FileName = installation.Java,
                Arguments = arguments,
                WorkingDirectory = folder,
                LogFile = Path.Combine(folder, "kafka.log"),
                LockFile = ServerFolder.LockFile(folder),
                StopTimeout = TimeSpan.FromSeconds(20),
            },
            BeforeStartAsync = cancellation => WaitUntilForgottenAsync(name, zookeeper, id, cancellation),
            IsReadyAsync = async cancellation =>
                (await KafkaProbe.AskAsync(endPoint, cancellation)).Brokers.Contains(id),
        });
        return new KafkaBroker(id, endPoint, process);
    }

    /// <summary>A broker ends at once if the session of its killed predecessor still holds its id.</summary>
    private static async Task WaitUntilForgottenAsync(
        string name, IPEndPoint zookeeper, int id, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromMilliseconds(5 * ZookeeperNode.SessionTimeoutMilliseconds);
        if (!await Readiness.WaitAsync(
            async cancellation => !await ZookeeperProbe.KnowsBrokerAsync(zookeeper, id, cancellation),
            patience,
            cancellationToken))
        {
            throw new ServerStartException(
                $"{name} cannot start: ZooKeeper still holds a session of its id, or is down.");
        }
    }
}
