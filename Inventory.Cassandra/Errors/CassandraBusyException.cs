namespace Inventory.Cassandra.Errors;

/// <summary>More requests wait for a stream than the configuration allows: the caller should shed load.</summary>
public sealed class CassandraBusyException(string message) : CassandraException(message);
