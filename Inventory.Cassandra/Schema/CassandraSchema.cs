namespace Inventory.Cassandra;

/// <summary>The keyspace and the tables that the statements of this client are written for.</summary>
public static class CassandraSchema
{
    /// <summary>Creates what is missing. Safe to run again, and while the tables are in use.</summary>
    /// <param name="session">Where to run it.</param>
    /// <param name="keyspace">As in the connection string.</param>
    /// <param name="replicas">Replicas per data centre.</param>
    /// <param name="cancellationToken">Stops between two statements.</param>
    public static async Task EnsureAsync(
        ICqlSession session,
        string keyspace,
        IReadOnlyDictionary<string, int> replicas,
        CancellationToken cancellationToken)
    {
        foreach (var statement in Statements(keyspace, replicas))
        {
            await session.ExecuteAsync(statement, cancellationToken);
        }
    }

    private static IEnumerable<string> Statements(string keyspace, IReadOnlyDictionary<string, int> replicas)
    {
        var factors = string.Join(", ", replicas.Select(static replica => $"'{replica.Key}': {replica.Value}"));
        yield return $$"""
            CREATE KEYSPACE IF NOT EXISTS {{keyspace}}
            WITH replication = {'class': 'NetworkTopologyStrategy', {{factors}}}
            """;
        yield return $"""
            CREATE TABLE IF NOT EXISTS {keyspace}.stocks (
                vendor_item_id bigint,
                fulfillment_center_id int,
                stock_count int,
                version bigint,
                updated_at timestamp,
                PRIMARY KEY ((vendor_item_id, fulfillment_center_id)))
            """;
        yield return $"""
            CREATE TABLE IF NOT EXISTS {keyspace}.stocks_by_item (
                vendor_item_id bigint,
                fulfillment_center_id int,
                stock_count int,
                version bigint,
                updated_at timestamp,
                PRIMARY KEY ((vendor_item_id), fulfillment_center_id))
            """;
    }
}
