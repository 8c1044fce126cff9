using Inventory.Contracts;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Host;
using Inventory.Servers.Kafka;
using Inventory.Servers.Postgres;

namespace Inventory.AppHost.Reduced;

/// <summary>Postgres, Kafka and Cassandra, started side by side.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private Stores(PostgresServer postgres, KafkaCluster kafka, CassandraCluster cassandra)
    {
        Postgres = postgres;
        Kafka = kafka;
        Cassandra = cassandra;
        ConnectionStrings = new Dictionary<string, string>
        {
            [ResourceNames.Database] = postgres.ConnectionString,
            [ResourceNames.Kafka] = kafka.BootstrapServers,
            [ResourceNames.Keyspace] = LocalStores.ConnectionString(cassandra),
        };
    }

    public PostgresServer Postgres { get; }

    public KafkaCluster Kafka { get; }

    public CassandraCluster Cassandra { get; }

    /// <summary>By connection name, with all rights.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; }

    public static async Task<Stores> StartAsync(LocalSystemOptions options, CancellationToken cancellationToken)
    {
        var postgres = PostgresServer.StartAsync(
            new() { Directory = options.Directory, Reuse = options.Reuse, Progress = options.Progress }, cancellationToken);
        var kafka = LocalStores.StartKafkaAsync(
            new() { Directory = options.Directory, Reuse = options.Reuse, Progress = options.Progress },
            options.TopicPartitions,
            cancellationToken);
        var cassandra = CassandraCluster.StartAsync(
            new() { Directory = options.Directory, Reuse = options.Reuse, Progress = options.Progress }, cancellationToken);
        try
        {
            await Task.WhenAll(postgres, kafka, cassandra);
            return new Stores(await postgres, await kafka, await cassandra);
        }
        catch
        {
            await DisposeAsync(postgres);
            await DisposeAsync(kafka);
            await DisposeAsync(cassandra);
            throw;
        }
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(
            Postgres.DisposeAsync().AsTask(), Kafka.DisposeAsync().AsTask(), Cassandra.DisposeAsync().AsTask());

    private static async Task DisposeAsync<T>(Task<T> starting)
        where T : IAsyncDisposable
    {
        if (starting.IsCompletedSuccessfully)
        {
            await (await starting).DisposeAsync();
        }
    }
}
