using Inventory.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Inventory.Postgres;

/// <summary>
/// Aspire.Npgsql with its metrics and traces. Its own health check is off, because ours asks the same and sees the schema and
/// whether the server takes writes too.
/// </summary>
internal static class PostgresClient
{
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.AddNpgsqlDataSource(
            ResourceNames.Database,
            settings =>
            {
                settings.DisableHealthChecks = true;
                settings.ConnectionString = PostgresDefaults.Apply(settings.ConnectionString
                    ?? throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Database} is missing."));
            },
            dataSource =>
            {
                dataSource.ConfigureTracing(PostgresDefaults.TraceRequestsOnly);
                PostgresDataSources.Configure(dataSource);
            });
        UsePrimary(builder.Services);
    }

    // The pool of several hosts hands out any of them; who asks for a data source wants the one that takes writes.
    private static void UsePrimary(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(NpgsqlDataSource));
        services.Replace(ServiceDescriptor.Singleton(provider =>
            PostgresDataSources.ToPrimary((NpgsqlDataSource)registered.ImplementationFactory!(provider))));
    }
}
