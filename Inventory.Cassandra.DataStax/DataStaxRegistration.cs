using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Inventory.Cassandra.DataStax;

/// <summary>What <c>AddCassandra</c> finds when <c>Cassandra:Client</c> is <c>DataStax</c>.</summary>
internal sealed class DataStaxRegistration : ICassandraClientRegistration
{
    public void Add(IServiceCollection services, Func<CassandraConnectionString> connectionString)
    {
        services.TryAddSingleton(provider => new DriverConnection(
            connectionString(),
            provider.GetRequiredService<IOptions<CassandraOptions>>().Value,
            provider.GetRequiredService<ILogger<DriverConnection>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<DataStaxStockClient>();
        services.TryAddSingleton<IStockReader>(static provider => provider.GetRequiredService<DataStaxStockClient>());
        services.TryAddSingleton<IStockWriter>(static provider => provider.GetRequiredService<DataStaxStockClient>());
        services.AddHostedService(static provider => provider.GetRequiredService<DriverConnection>());
        services.AddHealthChecks().AddCheck<DriverHealthCheck>("cassandra", tags: ["ready"]);
    }
}
