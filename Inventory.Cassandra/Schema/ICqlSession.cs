namespace Inventory.Cassandra;

/// <summary>Runs single statements as they are: for migrations, not for requests.</summary>
public interface ICqlSession
{
    /// <summary>Runs a statement; if it changed the schema, waits until all reachable nodes know.</summary>
    Task ExecuteAsync(string cql, CancellationToken cancellationToken);
}
