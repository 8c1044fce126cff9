using Inventory.Contracts;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Postgres;

namespace Inventory.Servers.Host;

/// <summary>One store, started by its resource name.</summary>
/// <param name="ConnectionName">By which the services know it.</param>
/// <param name="ConnectionString">With all rights.</param>
/// <param name="Exited">Completes when the store ends by itself.</param>
/// <param name="Server">Stops it when disposed of.</param>
internal sealed record RunningStore(
    string ConnectionName, string ConnectionString, Task<int> Exited, IAsyncDisposable Server) : IAsyncDisposable
{
    public static async Task<RunningStore> StartAsync(string name, string directory, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case ResourceNames.Postgres:
                var postgres = await PostgresServer.StartAsync(
                    new() { Directory = directory, Reuse = true, Progress = Console.WriteLine }, cancellationToken);
                return new(ResourceNames.Database, postgres.ConnectionString, postgres.Process.Exited, postgres);
            case ResourceNames.Kafka:
                var kafka = await LocalStores.StartKafkaAsync(
                    new() { Directory = directory, Reuse = true, Progress = Console.WriteLine },
                    LocalStores.TopicPartitions,
                    cancellationToken);
                return new(ResourceNames.Kafka, kafka.BootstrapServers, kafka.Brokers[0].Process.Exited, kafka);
            case ResourceNames.Cassandra:
                var cassandra = await CassandraCluster.StartAsync(
                    new() { Directory = directory, Reuse = true, Progress = Console.WriteLine }, cancellationToken);
                return new(
                    ResourceNames.Keyspace,
                    LocalStores.ConnectionString(cassandra),
                    cassandra.Nodes[0].Process.Exited,
                    cassandra);
            default:
                throw new ArgumentException($"'{name}' is no store.", nameof(name));
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
