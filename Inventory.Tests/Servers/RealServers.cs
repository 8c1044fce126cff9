using System.Globalization;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Java;
using Inventory.Servers.Kafka;
using Inventory.Servers.Packages;
using Inventory.Servers.Postgres;
using Inventory.Tests.Servers;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace Inventory.Tests.Servers;

/// <summary>
/// One real server of each kind for the whole run of the tests, started when a test first asks for it. Tests share
/// them: each works on a database, topic or keyspace of its own, and none stops them.
/// </summary>
public sealed class RealServers : IAsyncLifetime
{
    /// <summary>Of the stock changes: more than one, so that several projectors have some each and order is that of a key.</summary>
    public const int TopicPartitions = 4;

    private readonly Lazy<Task<PostgresServer>> _postgres;
    private readonly Lazy<Task<KafkaCluster>> _kafka;
    private readonly Lazy<Task<CassandraCluster>> _cassandra;

    public RealServers()
    {
        _postgres = new(() => PostgresServer.StartAsync(new() { Directory = Folder, Progress = Tell }, default));
        _kafka = new(() => KafkaCluster.StartAsync(
            new() { Directory = Folder, Progress = Tell, JavaArguments = QuickJava.Arguments }, default));
        _cassandra = new(() => CassandraCluster.StartAsync(
            new() { Directory = Folder, Progress = Tell, JavaArguments = QuickJava.Arguments }, default));
    }

    /// <summary>Holds the data and logs of these servers; deleted at the end.</summary>
    public string Folder { get; } = Path.Combine(
        Repository.Root, ".inventory", "tests", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    public Task<PostgresServer> PostgresAsync() => _postgres.Value;

    public Task<KafkaCluster> KafkaAsync() => _kafka.Value;

    public Task<CassandraCluster> CassandraAsync() => _cassandra.Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(StopAsync(_postgres), StopAsync(_kafka), StopAsync(_cassandra));
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static void Tell(string line) => TestContext.Current.SendDiagnosticMessage("{0}", line);

    private static async Task StopAsync<T>(Lazy<Task<T>> server)
        where T : IAsyncDisposable
    {
        if (server.IsValueCreated)
        {
            // One that failed to start has already told the test that asked for it.
            await server.Value.ContinueWith(_ => { }, TaskScheduler.Default);
            if (server.Value.IsCompletedSuccessfully)
            {
                await (await server.Value).DisposeAsync();
            }
        }
    }
}
