using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Inventory.Cassandra;

public static class CassandraServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IStockReader"/> and <see cref="IStockWriter"/> over one client, which connects in the background
    /// while the process starts, and the health check <c>cassandra</c>.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Holds the connection string and, under <c>Cassandra</c>, the options.</param>
    /// <param name="connectionName">Of the connection string.</param>
    public static IServiceCollection AddCassandra(
        this IServiceCollection services,
        IConfiguration configuration,
        string connectionName)
    {
        services.AddOptions<CassandraOptions>()
            .Bind(configuration.GetSection(CassandraOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new CassandraClient(
            CassandraConnectionString.Parse(ConnectionString(configuration, connectionName)),
            provider.GetRequiredService<IOptions<CassandraOptions>>().Value,
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStockReader>(static provider => provider.GetRequiredService<CassandraClient>());
        services.TryAddSingleton<IStockWriter>(static provider => provider.GetRequiredService<CassandraClient>());
        services.AddHostedService<CassandraStart>();
        services.AddHealthChecks().AddCheck<CassandraHealthCheck>("cassandra", tags: ["ready"]);
        return services;
    }

    private static string ConnectionString(IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not configured.");
}
