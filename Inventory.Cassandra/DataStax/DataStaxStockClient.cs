using Microsoft.Extensions.DependencyInjection;

namespace Inventory.Cassandra.DataStax;

/// <summary>What is there in the place of the DataStax driver.</summary>
internal static class DataStaxStockClient
{
    public static void Add(IServiceCollection services, Func<CassandraConnectionString> connectionString) =>
        throw new InvalidOperationException(
            "Cassandra:Client is DataStax, but this program was built without the package CassandraCSharpDriver: build it with"
            + " -p:DataStaxDriver=true where the registry serves that package, or set Cassandra:Client to Native.");
}
