using System.Net;
using Inventory.Servers.Files;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Cassandra;

/// <summary>One node of a <see cref="CassandraCluster"/>.</summary>
public sealed class CassandraNode
{
    // An idle worker of Cassandra 2.1 looks for work every 10 us, and the kernel gives it 50 more. With a slack of 1 ms the p50
    // of 500 changes a second halved on two busy cores, but a change that is awaited alone took 1.2 ms longer; with this 0.3.
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMicroseconds(200);

    private readonly CassandraAddress _address;

    private CassandraNode(CassandraAddress address, ServerProcess process)
    {
        _address = address;
        Process = process;
    }

    /// <summary>1, 2, ...</summary>
    public int Number => _address.Number;

    /// <summary>Where clients find it.</summary>
    public IPEndPoint EndPoint => _address.EndPoint;

    public ServerProcess Process { get; }

    public Task StopAsync() => Process.StopAsync();

    /// <summary>On the same ports and data. The <see cref="CassandraCluster"/> tells when the others know.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => Process.RestartAsync(cancellationToken);

    internal static async Task<CassandraNode> PrepareAsync(
        CassandraOptions options, CassandraJava java, CassandraAddress address, CancellationToken cancellationToken)
    {
        var name = FormattableString.Invariant($"Cassandra node {address.Number}");
        var folder = options.Paths.Cassandra(address.Number);
        using (await ServerFolder.PrepareAsync(name, folder, options, cancellationToken))
        {
            await CassandraConfiguration.WriteAsync(
                options, java.Packages.CassandraDefaults, address, cancellationToken);
        }

        var process = new ServerProcess(new ServerDefinition
        {
            Options = options,
            Child = new ChildProcessOptions
            {
                Name = name,
                FileName = java.Java,
                Arguments = java.Arguments(options, folder),
                WorkingDirectory = folder,
                LogFile = Path.Combine(folder, "cassandra.log"),
                LockFile = ServerFolder.LockFile(folder),
                StopTimeout = TimeSpan.FromSeconds(20),
                TimerSlack = TimerSlack,
            },
            IsReadyAsync = cancellation => CqlProbe.IsServingAsync(address.EndPoint, cancellation),
        });
        return new CassandraNode(address, process);
    }
}
