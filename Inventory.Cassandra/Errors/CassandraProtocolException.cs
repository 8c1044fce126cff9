namespace Inventory.Cassandra.Errors;

/// <summary>What arrived is not the protocol: the connection that brought it is closed.</summary>
public sealed class CassandraProtocolException(string message) : CassandraException(message);
