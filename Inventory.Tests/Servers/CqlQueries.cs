using System.Buffers.Binary;
using System.Text;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Processes;

namespace Inventory.Tests.Servers;

/// <summary>What these tests ask of Cassandra, over the connection that the probes use.</summary>
internal static class CqlQueries
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CqlConnection> ConnectAsync(CassandraNode node)
    {
        var connection = await CqlConnection.ConnectAsync(node.EndPoint, Cancellation);
        Assert.True((await connection.OpenAsync(Cancellation)).IsReady);
        return connection;
    }

    public static async Task<CqlAnswer> ExecuteAsync(
        this CqlConnection connection, string query, CqlConsistency consistency = CqlConsistency.One)
    {
        var answer = await connection.QueryAsync(query, consistency, Cancellation);
        Assert.True(answer.IsResult, Encoding.UTF8.GetString(answer.Body).Replace('\0', ' '));
        return answer;
    }

    /// <summary>Makes a table, on every node, of the numbers that a test wants to find again.</summary>
    public static async Task CreateNumbersAsync(this CqlConnection connection, CassandraCluster cassandra)
    {
        await connection.ExecuteAsync(
            $$"""
            CREATE KEYSPACE kept WITH replication =
                {'class': 'NetworkTopologyStrategy', '{{cassandra.LocalDatacenter}}': {{cassandra.Nodes.Count}}}
            """);
        await connection.ExecuteAsync("CREATE TABLE kept.numbers (id int PRIMARY KEY)");
        foreach (var node in cassandra.Nodes)
        {
            // A node drops what it is sent for a table that it has not heard of yet.
            using var other = await ConnectAsync(node);
            Assert.True(await Readiness.WaitAsync(
                async cancellation => !(await other.QueryAsync(
                    "SELECT id FROM kept.numbers WHERE id = 0", CqlConsistency.One, cancellation)).IsError,
                TimeSpan.FromSeconds(30),
                Cancellation));
        }
    }

    /// <summary>
    /// Writes a number. The insert is idempotent and nodes that have just started on a busy machine may miss their own
    /// deadline of 2 s: it is repeated until it is acknowledged.
    /// </summary>
    public static async Task InsertAsync(this CqlConnection connection, int number, CqlConsistency consistency) =>
        Assert.True(await Readiness.WaitAsync(
            async cancellation => (await connection.QueryAsync(
                $"INSERT INTO kept.numbers (id) VALUES ({number})", consistency, cancellation)).IsResult,
            TimeSpan.FromSeconds(30),
            Cancellation));

    public static async Task<bool> HasAsync(this CqlConnection connection, int number, CqlConsistency consistency)
    {
        var answer = await connection.ExecuteAsync($"SELECT id FROM kept.numbers WHERE id = {number}", consistency);
        // Before the count of rows: kind, flags, count of columns, the table's names, the column's name and type.
        var beforeRows = 12 + Text("kept") + Text("numbers") + Text("id") + sizeof(short);
        return BinaryPrimitives.ReadInt32BigEndian(answer.Body.AsSpan(beforeRows)) == 1;
    }

    private static int Text(string text) => sizeof(short) + text.Length;
}
