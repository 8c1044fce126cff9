namespace Inventory.Cassandra.Errors;

/// <summary>Anything that kept Cassandra from answering.</summary>
public abstract class CassandraException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same request may well succeed on another connection, node or moment.</summary>
    public virtual bool IsTransient => true;

    /// <summary>The value of the <c>error.type</c> attribute in metrics and traces: of few different values.</summary>
    public virtual string ErrorType => GetType().Name;
}
