using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>A statement that every connection prepares before it is used.</summary>
/// <param name="Index">Its place among all of them.</param>
/// <param name="Operation">SELECT or INSERT: the name in metrics and traces.</param>
/// <param name="Keyspace">In which its table is.</param>
/// <param name="Table">Without the keyspace.</param>
/// <param name="Cql">With the keyspace, so that no connection needs one.</param>
/// <param name="Consistency">The same for every execution.</param>
/// <param name="ValueCount">How many bind markers it has.</param>
/// <param name="PageSize">Rows per page; 0 for all at once.</param>
internal sealed record Statement(
    int Index,
    string Operation,
    string Keyspace,
    string Table,
    string Cql,
    CassandraConsistency Consistency,
    ushort ValueCount,
    int PageSize = 0)
{
    public QueryFlags Flags =>
        QueryFlags.SkipMetadata
        | (ValueCount > 0 ? QueryFlags.Values : QueryFlags.None)
        | (PageSize > 0 ? QueryFlags.PageSize : QueryFlags.None);
}
