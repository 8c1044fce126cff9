namespace Inventory.Cassandra.Errors;

/// <summary>No node of the local data centre has an open connection right now.</summary>
public sealed class CassandraNoNodeException(string message, Exception? inner = null)
    : CassandraException(message, inner);
