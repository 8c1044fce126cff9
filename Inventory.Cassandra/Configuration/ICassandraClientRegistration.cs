using Microsoft.Extensions.DependencyInjection;

namespace Inventory.Cassandra;

/// <summary>A client of another assembly, which registers everything that <c>AddCassandra</c> promises.</summary>
internal interface ICassandraClientRegistration
{
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">Read when the client is made, not before.</param>
    void Add(IServiceCollection services, Func<CassandraConnectionString> connectionString);
}
