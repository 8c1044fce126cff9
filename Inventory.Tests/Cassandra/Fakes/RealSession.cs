using Inventory.Cassandra;
using Inventory.Cassandra.Protocol;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>Asks a real node directly, for what the client has no method for.</summary>
internal sealed class RealSession(CassandraSchemaClient client)
{
    private const byte ValuesWithNames = 0x41;

    public CassandraSchemaClient Client { get; } = client;

    public Task ExecuteAsync(string cql, CancellationToken cancellationToken) =>
        Client.ExecuteAsync(cql, cancellationToken);

    /// <summary>The one integer that a query with named values selects.</summary>
    public async Task<int?> AskAsync(
        string cql, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken)
    {
        var writer = new BodyWriter();
        writer.WriteLongString(cql);
        writer.WriteShort((ushort)CassandraConsistency.LocalOne);
        writer.WriteByte(ValuesWithNames);
        writer.WriteShort((ushort)values.Count);
        foreach (var (name, value) in values)
        {
            writer.WriteString(name);
            writer.WriteInt(value.Length);
            foreach (var each in value)
            {
                writer.WriteByte(each);
            }
        }

        var answer = await Client.Connection.AskAsync(
            Opcode.Query, writer.ToArray(), TimeSpan.FromSeconds(15), cancellationToken);
        var body = answer.OpenResult(ResultKind.Rows);
        return body.ReadRowsHeader(1, out _) == 1 && body.TryReadIntValue(out var number) ? number : null;
    }

    /// <summary>A column of 64-bit integers.</summary>
    public async Task<List<long>> AskForLongsAsync(string cql, CancellationToken cancellationToken)
    {
        var answer = await Client.AskAsync(cql, cancellationToken);
        var body = answer.OpenResult(ResultKind.Rows);
        List<long> values = [];
        for (var rows = body.ReadRowsHeader(1, out _); rows > 0; rows--)
        {
            body.TryReadLongValue(out var value);
            values.Add(value);
        }

        return values;
    }
}
