using Inventory.Contracts.Composition;

namespace Inventory.Cassandra;

/// <summary>The way to <c>Inventory.Cassandra.DataStax</c>, if the program was built with it.</summary>
internal static class DataStaxDriver
{
    private const string Assembly = "Inventory.Cassandra.DataStax";

    /// <summary>Null if it was left out.</summary>
    public static ICassandraClientRegistration? Find() =>
        SeparatePart.Find<ICassandraClientRegistration>(Assembly, "DataStaxRegistration");

    /// <exception cref="InvalidOperationException">It was left out.</exception>
    public static ICassandraClientRegistration Get() => Find() ?? throw new InvalidOperationException(
        "Cassandra:Client is DataStax, but this program was built without the package CassandraCSharpDriver: build it with"
        + " -p:DataStaxDriver=true where the registry serves that package, or set Cassandra:Client to Native.");
}
