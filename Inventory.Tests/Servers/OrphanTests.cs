using System.Globalization;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Java;
using Inventory.Servers.Kafka;
using Inventory.Servers.Postgres;
using Inventory.Servers.Processes;

namespace Inventory.Tests.Servers;

/// <summary>
/// What becomes of the servers when the process that started them is killed. That process is another instance of this
/// program that runs the one explicit test below.
/// </summary>
public sealed class OrphanTests
{
    private const string FolderVariable = "INVENTORY_TESTS_ORPHANS";
    private const string ListName = "processes";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_parent_leaves_no_orphan_and_its_data_can_be_used_again()
    {
        using var folder = new TemporaryFolder();
        await using var parent = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "parent",
            FileName = Path.Combine(AppContext.BaseDirectory, "Inventory.Tests"),
            Arguments =
            [
                "-method", $"{typeof(OrphanTests).FullName}.{nameof(Start_servers_and_wait)}", "-explicit", "only",
            ],
            Environment = new Dictionary<string, string?> { [FolderVariable] = folder.Path },
            LogFile = folder.File("parent.log"),
        });
        var list = folder.File(ListName);
        Assert.True(
            await Readiness.WaitAsync(
                _ => parent.HasExited
                    ? throw new InvalidOperationException(parent.ReadLogTail())
                    : Task.FromResult(File.Exists(list)),
                TimeSpan.FromSeconds(90),
                Cancellation),
            parent.ReadLogTail());
        int[] servers = [.. File.ReadLines(list).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        int[] all = [.. servers, .. servers.SelectMany(ProcessTree.Descendants)];
        Assert.True(all.Length > servers.Length, "PostgreSQL has children.");
        Assert.All(all, processId => Assert.True(ProcessTree.IsRunning(processId)));

        parent.Signal(ProcessSignal.Kill);

        await parent.Exited;
        await ProcessFacts.WaitUntilGoneAsync(all, Cancellation);
        await using var again = await StartAllAsync(folder.Path, reuse: true);
        Assert.Equal(2, await again.Kafka.CountPartitionsAsync("kept", Cancellation));
        using (var connection = await CqlQueries.ConnectAsync(again.Cassandra.Nodes[0]))
        {
            Assert.True(await connection.HasAsync(1, CqlConsistency.One), "Its write was acknowledged.");
        }

        await Task.WhenAll(again.Kafka.RestartAsync(Cancellation), again.Cassandra.RestartAsync(Cancellation));
        Assert.Equal(2, await again.Kafka.CountPartitionsAsync("kept", Cancellation));
    }

    [Fact(Explicit = true)]
    public async Task Start_servers_and_wait()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Only for the test above.");
        await using var servers = await StartAllAsync(folder, reuse: false);
        await servers.Kafka.CreateTopicAsync("kept", partitions: 2, new Dictionary<string, string>(), Cancellation);
        using var connection = await CqlQueries.ConnectAsync(servers.Cassandra.Nodes[0]);
        await connection.CreateNumbersAsync(servers.Cassandra);
        await connection.InsertAsync(1, CqlConsistency.One);
        var list = Path.Combine(folder, ListName);
        await File.WriteAllLinesAsync(
            $"{list}.new",
            servers.Processes.Select(process => process.ProcessId.ToString(CultureInfo.InvariantCulture)),
            Cancellation);
        File.Move($"{list}.new", list);
        await Task.Delay(Timeout.Infinite, Cancellation);
    }

    private static async Task<AllServers> StartAllAsync(string folder, bool reuse)
    {
        var postgres = PostgresServer.StartAsync(new() { Directory = folder, Reuse = reuse }, Cancellation);
        var kafka = KafkaCluster.StartAsync(
            new() { Directory = folder, Reuse = reuse, JavaArguments = QuickJava.Arguments }, Cancellation);
        var cassandra = CassandraCluster.StartAsync(
            new() { Directory = folder, Reuse = reuse, JavaArguments = QuickJava.Arguments }, Cancellation);
        await Task.WhenAll(postgres, kafka, cassandra);
        return new AllServers(await postgres, await kafka, await cassandra);
    }

    private sealed record AllServers(PostgresServer Postgres, KafkaCluster Kafka, CassandraCluster Cassandra)
        : IAsyncDisposable
    {
        public IEnumerable<ServerProcess> Processes =>
        [
            Postgres.Process,
            Kafka.Zookeeper,
            .. Kafka.Brokers.Select(broker => broker.Process),
            .. Cassandra.Nodes.Select(node => node.Process),
        ];

        public async ValueTask DisposeAsync() => await Task.WhenAll(
            Postgres.DisposeAsync().AsTask(), Kafka.DisposeAsync().AsTask(), Cassandra.DisposeAsync().AsTask());
    }
}
