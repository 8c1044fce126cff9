namespace Inventory.Cassandra.Errors;

/// <summary>A connection could not be made, or was lost before the answer came.</summary>
public sealed class CassandraConnectionException(string message, Exception? inner = null)
    : CassandraException(message, inner);
