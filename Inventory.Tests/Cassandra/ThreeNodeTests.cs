using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Java;
using Inventory.Tests.Cassandra.Fakes;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using ClientConnection = Inventory.Cassandra.Connections.CqlConnection;
using Latencies = Inventory.Cassandra.Connections.LatencyHistogram;
using ServerOptions = Inventory.Servers.Cassandra.CassandraOptions;

namespace Inventory.Tests.Cassandra;

/// <summary>Three real nodes that each hold every row, one of which is killed under load.</summary>
public sealed class ThreeNodeTests(RealServers servers)
{
    private const int Nodes = 3;
    private const int ConnectionsPerNode = 2;

    private static readonly StockLevel Seed = new(1, 1, DateTimeOffset.UnixEpoch);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_read_or_write_fails_when_one_of_three_nodes_is_killed_and_it_is_used_again_when_it_is_back()
    {
        await using var cluster = await StartAsync();
        var connectionString = await CreateTablesAsync(cluster);
        // What every replica is known to hold can be asked of any of them.
        await WriteEverywhereAsync(connectionString);
        await using var client = await ConnectAsync(connectionString, CassandraConsistency.LocalOne);
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == Nodes * ConnectionsPerNode);

        var load = new ReadWriteLoad(client, client);
        load.Start();
        await load.GoOnAsync();

        // A node that is slow while its code is compiled gets fewer, and on a busy machine none for a while.
        await Eventually.IsTrueAsync(() => cluster.Nodes.All(node => ReadsAnsweredBy(client, node) > 0));

        var victim = cluster.Nodes[2];
        await KillWithRequestsInFlightAsync(victim, client);
        await Eventually.IsTrueAsync(() => ConnectionsTo(client, victim).Length == 0);
        await load.GoOnAsync();

        await victim.RestartAsync(Stop);
        await Eventually.IsTrueAsync(() => ConnectionsTo(client, victim).Length == ConnectionsPerNode);
        await Eventually.IsTrueAsync(() => ReadsAnsweredBy(client, victim) > 0);
        await load.GoOnAsync();
        await load.StopAsync();

        Assert.Empty(load.FailedReads);
        Assert.Empty(load.FailedWrites);
        Assert.Empty(load.Missing);
        await cluster.WaitUntilCompleteAsync(Stop);
        await AssertNothingAcknowledgedIsLostAsync(connectionString, load);
    }

    /// <summary>Paused first: what it was sent then is in flight on it for certain when it dies.</summary>
    private static async Task KillWithRequestsInFlightAsync(CassandraNode victim, CassandraClient client)
    {
        victim.Process.Pause();
        await Eventually.IsTrueAsync(() => ConnectionsTo(client, victim).All(static connection => connection.Load > 0));
        victim.Process.Kill();
        await victim.Process.Exited;
    }

    private static async Task AssertNothingAcknowledgedIsLostAsync(CassandraConnectionString connectionString, ReadWriteLoad load)
    {
        await using var careful = await ConnectAsync(connectionString, CassandraConsistency.LocalQuorum);
        for (var key = 0; key < ReadWriteLoad.Keys.Count; key++)
        {
            var level = await careful.ReadAsync(ReadWriteLoad.Keys[key], Stop);
            Assert.InRange(level!.Value.Version, load.Acknowledged(key), long.MaxValue);
        }
    }

    private static ClientConnection[] ConnectionsTo(CassandraClient client, CassandraNode node) =>
        [.. client.Cluster.Connections().Where(connection => connection.IsOpen && connection.EndPoint.Equals(node.EndPoint))];

    private static long ReadsAnsweredBy(CassandraClient client, CassandraNode node)
    {
        var answers = Latencies.CreateTotals();
        Array.ForEach(ConnectionsTo(client, node), connection => connection.Latencies.AddTo(answers));
        return answers.Sum();
    }

    private Task<CassandraCluster> StartAsync() => CassandraCluster.StartAsync(
        new ServerOptions
        {
            Directory = Path.Combine(servers.Folder, "three"),
            Nodes = Nodes,
            HeapMegabytes = 256,
            YoungMegabytes = 64,
            JavaArguments = QuickJava.Arguments,
        },
        Stop);

    private static async Task<CassandraConnectionString> CreateTablesAsync(CassandraCluster cluster)
    {
        var connectionString = new CassandraConnectionString
        {
            ContactPoints = cluster.ContactPoints,
            Port = cluster.Port,
            LocalDatacenter = cluster.LocalDatacenter,
        };
        await using var session = await CassandraSchemaClient.ConnectAsync(
            connectionString, TestClients.Options(), NullLoggerFactory.Instance, TimeProvider.System, Stop);
        await CassandraSchema.EnsureAsync(
            session, connectionString.Keyspace, new Dictionary<string, int> { [cluster.LocalDatacenter] = Nodes }, Stop);
        return connectionString;
    }

    private static async Task WriteEverywhereAsync(CassandraConnectionString connectionString)
    {
        await using var client = await TestClients.ConnectAsync(
            connectionString, static options => options.WriteConsistency = CassandraConsistency.All);
        foreach (var key in ReadWriteLoad.Keys)
        {
            await client.WriteAsync(key, Seed, Stop);
        }
    }

    private static Task<CassandraClient> ConnectAsync(
        CassandraConnectionString connectionString, CassandraConsistency readConsistency) =>
        TestClients.ConnectAsync(connectionString, options =>
        {
            options.ConnectionsPerNode = ConnectionsPerNode;

            // Few, so that one connection of a node does not take them all.
            options.MaxRequestsInFlight = 2;
            options.ReadConsistency = readConsistency;
        });
}
