namespace Inventory.Cassandra;

/// <summary>Which client answers <see cref="IStockReader"/> and <see cref="IStockWriter"/>.</summary>
public enum CassandraClientChoice
{
    /// <summary><see cref="CassandraClient"/>, of this project.</summary>
    Native,

    /// <summary>CassandraCSharpDriver, where the program was built with <c>Inventory.Cassandra.DataStax</c>.</summary>
    DataStax,
}
