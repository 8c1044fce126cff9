using System.Globalization;
using System.Net;
using Inventory.Servers.Files;
using Inventory.Servers.Java;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Kafka;

/// <summary>The one ZooKeeper of a cluster.</summary>
internal static class ZookeeperNode
{
    /// <summary>How long the id of a killed broker stays taken.</summary>
    public const int SessionTimeoutMilliseconds = 4_000;

    private const string Name = "ZooKeeper";
    private const int HeapMegabytes = 64;

    /// <summary>ZooKeeper grants sessions of 2 to 20 ticks, and lets them expire on a tick.</summary>
    private const int TickMilliseconds = 500;

    public static async Task<ServerProcess> StartAsync(
        KafkaOptions options, KafkaInstallation installation, int port, CancellationToken cancellationToken)
    {
        var folder = options.Paths.Zookeeper;
        var settings = Path.Combine(folder, "zoo.cfg");
        string[] arguments;
        using (await ServerFolder.PrepareAsync(Name, folder, options, cancellationToken))
        {
            await PropertiesFile.WriteAsync(settings, Settings(folder, port), cancellationToken);
            arguments = await installation.PrepareAsync(
                folder,
                HeapMegabytes,
                ["org.apache.zookeeper.server.quorum.QuorumPeerMain", settings],
                cancellationToken);
        }

        var endPoint = new IPEndPoint(IPAddress.Loopback, port);
        var process = new ServerProcess(new ServerDefinition
        {
            Options = options,
            Child = new ChildProcessOptions
            {
                Name = Name,
                FileName = installation.Java,
                // It does too little to be worth optimizing.
                Arguments = [.. QuickJava.Arguments, .. arguments],
                WorkingDirectory = folder,
                LogFile = Path.Combine(folder, "zookeeper.log"),
                LockFile = ServerFolder.LockFile(folder),
            },
            IsReadyAsync = cancellation => ZookeeperProbe.IsServingAsync(endPoint, cancellation),
        });
        await process.StartAsync(cancellationToken);
        return process;
    }

    private static Dictionary<string, string> Settings(string folder, int port) => new()
    {
        ["dataDir"] = Path.Combine(folder, "data"),
        ["clientPort"] = port.ToString(CultureInfo.InvariantCulture),
        ["clientPortAddress"] = "127.0.0.1",
        ["tickTime"] = TickMilliseconds.ToString(CultureInfo.InvariantCulture),
        ["maxClientCnxns"] = "0",
        ["autopurge.snapRetainCount"] = "3",
        ["autopurge.purgeInterval"] = "1",
    };
}
