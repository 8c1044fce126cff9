namespace Inventory.Cassandra.Errors;

/// <summary>The server asks for credentials that we don't have, or refused those we sent.</summary>
public sealed class CassandraAuthenticationException(string message, Exception? inner = null)
    : CassandraException(message, inner)
{
    public override bool IsTransient => false;
}
