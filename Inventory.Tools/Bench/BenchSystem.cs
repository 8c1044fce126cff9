using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Ports;
using Inventory.Tools.Bench.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using ClientOptions = Inventory.Cassandra.CassandraOptions;
using ServerOptions = Inventory.Servers.Cassandra.CassandraOptions;

namespace Inventory.Tools.Bench;

/// <summary>What the figures are measured on: one real Cassandra node with some stock, and services started on demand.</summary>
internal sealed class BenchSystem : IAsyncDisposable
{
    /// <summary>Keys 1 to so many, all in center 1, are on record.</summary>
    public const int SeededKeys = 10_000;

    private const int SeedingStep = 100_000;

    // A busy machine makes figures low; it must not make them fail.
    private static readonly ClientOptions Patient = new()
    {
        ReadTimeout = TimeSpan.FromMinutes(1),
        WriteTimeout = TimeSpan.FromMinutes(1),
        ConnectTimeout = TimeSpan.FromMinutes(1),
    };

    private readonly CassandraCluster _cluster;
    private readonly Action<string> _progress;
    private int _seeded;

    private BenchSystem(string folder, string queryApi, CassandraCluster cluster, CassandraClient client, Action<string> progress)
    {
        _progress = progress;
        Folder = folder;
        QueryApiPath = queryApi;
        _cluster = cluster;
        Client = client;
    }

    public string Folder { get; }

    public string QueryApiPath { get; }

    public CassandraClient Client { get; }

    public int ThriftPort { get; private init; }

    public CassandraNode Node => _cluster.Nodes[0];

    public IPEndPoint CassandraAddress => Node.EndPoint;

    public string ConnectionString => ConnectionStringFor(_cluster.Port);

    /// <param name="folder">Holds data and logs.</param>
    /// <param name="queryApi">The published program.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<BenchSystem> StartAsync(
        string folder, string queryApi, Action<string> progress, CancellationToken cancellationToken)
    {
        var thriftPort = FreePorts.Take(IPAddress.Loopback);
        // The node under test gets what a small production node would, not what is enough for a test.
        var cluster = await CassandraCluster.StartAsync(
            new ServerOptions
            {
                Directory = folder,
                Progress = progress,
                HeapMegabytes = 1_024,
                YoungMegabytes = 256,
                // The stress of this version prepares its query by Thrift, too, whichever protocol it then reads by.
                Settings = new Dictionary<string, JsonNode?>
                {
                    ["start_rpc"] = true,
                    ["rpc_port"] = thriftPort,
                    // Nothing is to survive here, and a million keys are to be written within a minute.
                    ["commitlog_sync"] = "periodic",
                    ["commitlog_sync_period_in_ms"] = 10_000,
                    ["commitlog_sync_batch_window_in_ms"] = null,
                },
            },
            cancellationToken);
        try
        {
            var client = await ConnectAsync(cluster, cancellationToken);
            var system = new BenchSystem(folder, queryApi, cluster, client, progress) { ThriftPort = thriftPort };
            await system.SeedAsync(SeededKeys, cancellationToken);
            return system;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public static StockKey SeededKey(int number) => new(1 + number, 1);

    public string ConnectionStringFor(int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"Contact Points={string.Join(',', _cluster.ContactPoints)};Port={port};Default Keyspace={ResourceNames.Keyspace}");

    /// <summary>A client of its own, for example through something that answers in Cassandra's stead.</summary>
    public Task<CassandraClient> ConnectAsync(int port, CancellationToken cancellationToken) => CassandraClient.ConnectAsync(
        CassandraConnectionString.Parse(ConnectionStringFor(port)),
        Patient,
        NullLoggerFactory.Instance,
        TimeProvider.System,
        cancellationToken);

    /// <summary>A QueryApi that has answered its first read.</summary>
    public Task<ServiceUnderTest> StartQueryApiAsync(
        CancellationToken cancellationToken, params (string Name, string Value)[] settings) =>
        ServiceUnderTest.StartAsync(
            "query-api",
            Folder,
            QueryApiPath,
            [],
            [($"ConnectionStrings__{ResourceNames.Keyspace}", ConnectionString), .. settings],
            cancellationToken);

    /// <summary>The least that answers with the given bytes.</summary>
    public Task<ServiceUnderTest> StartBareAsync(CancellationToken cancellationToken) => ServiceUnderTest.StartAsync(
        "bare-kestrel", Folder, Environment.ProcessPath!, [.. OwnArguments, BareServer.CommandName], [], cancellationToken);

    /// <summary>What starts this very program, whether it runs by its own name or by <c>dotnet</c>.</summary>
    public static IReadOnlyList<string> OwnArguments =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(BenchSystem).Assembly.Location] : [];

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private static async Task<CassandraClient> ConnectAsync(CassandraCluster cluster, CancellationToken cancellationToken)
    {
        var connection = new CassandraConnectionString
        {
            ContactPoints = cluster.ContactPoints,
            Port = cluster.Port,
            Keyspace = ResourceNames.Keyspace,
        };
        await using (var schema = await CassandraSchemaClient.ConnectAsync(
            connection, Patient, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken))
        {
            await CassandraSchema.EnsureAsync(
                schema,
                connection.Keyspace,
                new Dictionary<string, int> { [cluster.LocalDatacenter] = 1 },
                cancellationToken);
        }

        return await CassandraClient.ConnectAsync(
            connection, Patient, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken);
    }

    /// <summary>Has at least so many keys on record.</summary>
    public async Task SeedAsync(int keys, CancellationToken cancellationToken)
    {
        while (_seeded < keys)
        {
            var next = Math.Min(keys, _seeded + SeedingStep);
            await SeedAsync(_seeded, next, cancellationToken);
            _seeded = next;
            _progress(string.Create(CultureInfo.InvariantCulture, $"{_seeded:#,0} of {keys:#,0} keys are written."));
        }
    }

    private Task SeedAsync(int first, int end, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(first, end - first),
        new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = cancellationToken },
        (number, token) => Client.WriteAsync(
            SeededKey(number),
            new StockLevel(number % 1_000, 1_700_000_000_000_000 + number, TimeProvider.System.GetUtcNow()),
            token));
}
