namespace Inventory.Cassandra.Errors;

/// <summary>A row is there but is no stock level: a column is null or outside what its type in .NET can hold.</summary>
public sealed class CassandraDataException(string message) : CassandraException(message)
{
    public override bool IsTransient => false;
}
