using System.Globalization;
using System.Net;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Routing;

/// <summary>Asks a node's system tables who is in the cluster.</summary>
internal sealed class TopologyReader(CqlConnection connection, string keyspace, TimeSpan timeout)
{
    private const string LocalQuery =
        "SELECT data_center, rack, schema_version, tokens, release_version, partitioner FROM system.local WHERE key = 'local'";

    private const string PeersQuery =
        "SELECT data_center, rack, schema_version, tokens, peer, rpc_address FROM system.peers";

    private const int Columns = 6;

    public async Task<Topology> ReadAsync(CancellationToken cancellationToken)
    {
        var local = AskAsync(LocalQuery, cancellationToken);
        var peers = AskAsync(PeersQuery, cancellationToken);
        await Task.WhenAll(local, peers);
        var (self, release, partitioner) = ReadLocal(await local);
        var replication = await ReadReplicationAsync(release, cancellationToken);
        return new Topology(
            self,
            [self, .. ReadPeers(await peers)],
            replication,
            partitioner.EndsWith("Murmur3Partitioner", StringComparison.Ordinal));
    }

    private async Task<ControlAnswer> AskAsync(string query, CancellationToken cancellationToken) =>
        await connection.AskAsync(
            Opcode.Query,
            RequestFrame.Query(query, CassandraConsistency.One),
            timeout,
            cancellationToken);

    private (NodeInfo Self, string Release, string Partitioner) ReadLocal(ControlAnswer answer)
    {
        var body = answer.OpenResult(ResultKind.Rows);
        if (body.ReadRowsHeader(Columns, out _) != 1)
        {
            throw new CassandraProtocolException("system.local does not have exactly one row.");
        }

        var (datacenter, rack, schema, tokens) = ReadCommon(ref body);
        // The address that worked for us: 2.1 has no column for it.
        var self = new NodeInfo(connection.EndPoint, datacenter ?? "", rack ?? "", schema, tokens);
        return (self, body.ReadTextValue() ?? "", body.ReadTextValue() ?? "");
    }

    private List<NodeInfo> ReadPeers(ControlAnswer answer)
    {
        var body = answer.OpenResult(ResultKind.Rows);
        List<NodeInfo> nodes = [];
        for (var rows = body.ReadRowsHeader(Columns, out _); rows > 0; rows--)
        {
            var (datacenter, rack, schema, tokens) = ReadCommon(ref body);
            var peer = body.ReadInetValue();
            var rpc = body.ReadInetValue();
            var address = rpc is null || rpc.Equals(IPAddress.Any) || rpc.Equals(IPAddress.IPv6Any) ? peer : rpc;

            // A node that joins or has just left is there with only some of its columns.
            if (address is not null && datacenter is not null && rack is not null && tokens.Length > 0)
            {
                nodes.Add(new NodeInfo(new IPEndPoint(address, connection.EndPoint.Port), datacenter, rack, schema, tokens));
            }
        }

        return nodes;
    }

    private static (string? Datacenter, string? Rack, Guid? Schema, long[] Tokens) ReadCommon(ref BodyReader body)
    {
        var datacenter = body.ReadTextValue();
        var rack = body.ReadTextValue();
        var schema = body.ReadUuidValue();
        List<long> tokens = [];
        foreach (var text in body.ReadTextSetValue())
        {
            // Those of another partitioner are no such numbers, and of no use.
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var token))
            {
                tokens.Add(token);
            }
        }

        return (datacenter, rack, schema, [.. tokens]);
    }

    private async Task<Replication?> ReadReplicationAsync(string release, CancellationToken cancellationToken)
    {
        var isOld = release.StartsWith("2.", StringComparison.Ordinal);
        var answer = await AskAsync(
            isOld
                ? $"SELECT strategy_class, strategy_options FROM system.schema_keyspaces WHERE keyspace_name = '{keyspace}'"
                : $"SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = '{keyspace}'",
            cancellationToken);
        var body = answer.OpenResult(ResultKind.Rows);
        if (body.ReadRowsHeader(isOld ? 2 : 1, out _) == 0)
        {
            return null;
        }

        return isOld
            ? Replication.FromColumns(body.ReadTextValue() ?? "", body.ReadTextValue() ?? "{}")
            : Replication.FromMap(body.ReadTextMapValue());
    }
}
