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
    /// while the process starts, and the health check <c>cassandra</c>. Which client that is, <c>Cassandra:Client</c> says.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Holds the connection string and, under <c>Cassandra</c>, the options.</param>
    /// <param name="connectionName">Of the connection string.</param>
    public static IServiceCollection AddCassandra(
        this IServiceCollection services,
        IConfiguration configuration,
        string connectionName)
    {
        var section = configuration.GetSection(CassandraOptions.SectionName);
        services.AddOptions<CassandraOptions>()
            .Bind(section)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CassandraOptions>, CassandraOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        if (section.GetValue(nameof(CassandraOptions.Client), CassandraClientChoice.Native) == CassandraClientChoice.DataStax)
        {
            DataStaxDriver.Get().Add(services, ConnectionString);
        }
        else
        {
            AddNative(services, ConnectionString);
        }

        return services;

        CassandraConnectionString ConnectionString() => CassandraConnectionString.Parse(
            configuration.GetConnectionString(connectionName)
            ?? throw new InvalidOperationException($"ConnectionStrings:{connectionName} is not configured."));
    }

    /// <summary>
    /// Begins to connect while the rest of the service is put together, which takes a start as long as the connections do. What
    /// fails here fails again when the host starts, and is told then.
    /// </summary>
    public static void ConnectCassandraEarly(this IServiceProvider services) =>
        _ = Task.Run(() => services.GetService<CassandraClient>()?.Start());

    private static void AddNative(IServiceCollection services, Func<CassandraConnectionString> connectionString)
    {
        services.TryAddSingleton(provider => new CassandraClient(
            connectionString(),
            provider.GetRequiredService<IOptions<CassandraOptions>>().Value,
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStockReader>(static provider => provider.GetRequiredService<CassandraClient>());
        services.TryAddSingleton<IStockWriter>(static provider => provider.GetRequiredService<CassandraClient>());
        services.AddHostedService<CassandraStart>();
        services.AddHealthChecks().AddCheck<CassandraHealthCheck>("cassandra", tags: ["ready"]);
    }
}
