using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Postgres.Migrations;
using Inventory.Servers.Cassandra;
using Inventory.Servers;
using Inventory.Servers.Kafka;
using Inventory.Servers.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ClientOptions = Inventory.Cassandra.CassandraOptions;

namespace Inventory.Tools.Bench.Relay;

/// <summary>
/// What the figures are measured on: real servers with the schema and the topics. Kafka and Cassandra are started when a
/// figure first asks for them.
/// </summary>
internal sealed class RelayBenchSystem : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _relay;
    private readonly Action<string> _progress;
    private readonly List<IAsyncDisposable> _started = [];
    private KafkaCluster? _kafka;
    private CassandraCluster? _cassandra;
    private CassandraClient? _cassandraClient;

    private RelayBenchSystem(string folder, string relay, Action<string> progress)
    {
        _folder = folder;
        _relay = relay;
        _progress = progress;
    }

    /// <summary>As the superuser.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    public PostgresServer Postgres { get; private set; } = null!;

    public static async Task<RelayBenchSystem> StartAsync(
        string folder, string relay, Action<string> progress, CancellationToken cancellationToken)
    {
        var system = new RelayBenchSystem(folder, relay, progress);
        try
        {
            await system.StartPostgresAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>One broker with the topics.</summary>
    public async Task<KafkaCluster> KafkaAsync(CancellationToken cancellationToken) => _kafka ??= Keep(
        await LocalStores.StartKafkaAsync(
            new() { Directory = _folder, Progress = _progress },
            LocalStores.TopicPartitions,
            cancellationToken));

    /// <summary>A client of one node with the tables.</summary>
    public async Task<CassandraClient> CassandraAsync(CancellationToken cancellationToken)
    {
        if (_cassandraClient is null)
        {
            _cassandra = Keep(await CassandraCluster.StartAsync(
                new() { Directory = _folder, Progress = _progress },
                cancellationToken));
            var connection = CassandraConnectionString.Parse(LocalStores.ConnectionString(_cassandra));
            await using (var schema = await CassandraSchemaClient.ConnectAsync(
                connection, new ClientOptions(), NullLoggerFactory.Instance, TimeProvider.System, cancellationToken))
            {
                await CassandraSchema.EnsureAsync(
                    schema,
                    connection.Keyspace,
                    new Dictionary<string, int> { [_cassandra.LocalDatacenter] = 1 },
                    cancellationToken);
            }

            _cassandraClient = Keep(await CassandraClient.ConnectAsync(
                connection, new ClientOptions(), NullLoggerFactory.Instance, TimeProvider.System, cancellationToken));
        }

        return _cassandraClient;
    }

    /// <summary>A relay as it runs in production, with <c>Relay:*</c> settings of the figure's choice.</summary>
    public async Task<RelayUnderTest> StartRelayAsync(
        IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var kafka = await KafkaAsync(cancellationToken);
        await CassandraAsync(cancellationToken);
        var environment = new Dictionary<string, string?>(OldBroker.Environment)
        {
            [Connection(ResourceNames.Database)] = Postgres.ConnectionString,
            [Connection(ResourceNames.Kafka)] = kafka.BootstrapServers,
            [Connection(ResourceNames.Keyspace)] = LocalStores.ConnectionString(_cassandra!),
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (key, value) in settings)
        {
            environment[ConfigurationKeys.Variable(key)] = value;
        }

        return await RelayUnderTest.StartAsync(_folder, _relay, environment, cancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        for (var index = _started.Count - 1; index >= 0; index--)
        {
            await _started[index].DisposeAsync();
        }
    }

    private static string Connection(string name) =>
        ConfigurationKeys.Variable(ConfigurationKeys.ConnectionString(name));

    private async Task StartPostgresAsync(CancellationToken cancellationToken)
    {
        Postgres = Keep(await PostgresServer.StartAsync(
            new() { Directory = _folder, Progress = _progress }, cancellationToken));
        Database = Keep(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Postgres.ConnectionString)
        {
            // As the command API has it: what is measured is not the planner, nor a hundred idle connections, nor their reset.
            MaxPoolSize = 16,
            MaxAutoPrepare = 32,
            NoResetOnClose = true,
        }));
        await new Migrator(Database, NullLogger<Migrator>.Instance).MigrateAsync(cancellationToken);
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Add(started);
        return started;
    }
}
