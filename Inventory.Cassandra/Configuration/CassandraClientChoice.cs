namespace Inventory.Cassandra;

/// <summary>Which client answers <see cref="IStockReader"/> and <see cref="IStockWriter"/>.</summary>
public enum CassandraClientChoice
{
    /// <summary><see cref="CassandraClient"/>, of this project.</summary>
    Native,

    /// <summary>CassandraCSharpDriver, in the full set of packages only.</summary>
    DataStax,
}
