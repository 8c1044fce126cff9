using Inventory.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Inventory.Postgres;

/// <summary>The reduced set's twin of Aspire.Npgsql: the same connection name, the same data source.</summary>
internal static class PostgresClient
{
    public static void Add(IHostApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString(ResourceNames.Database)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Database} is missing.");
        builder.Services.AddSingleton(provider => new NpgsqlDataSourceBuilder(PostgresDefaults.Apply(connectionString))
            .UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>())
            .ConfigureTracing(PostgresDefaults.TraceRequestsOnly)
            .Build());
    }
}
