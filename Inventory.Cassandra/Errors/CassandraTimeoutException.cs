namespace Inventory.Cassandra.Errors;

/// <summary>No answer came in time. The stream it may still arrive on stays out of use until it does.</summary>
public sealed class CassandraTimeoutException(string message) : CassandraException(message);
