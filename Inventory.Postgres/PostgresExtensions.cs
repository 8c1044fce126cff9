using Inventory.Postgres.Failures;
using Inventory.Postgres.Health;
using Inventory.Postgres.Migrations;
using Inventory.ServiceDefaults.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Inventory.Postgres;

/// <summary>The database as every service of the system reaches it.</summary>
public static class PostgresExtensions
{
    // A health probe waits no longer than the kubelet does by default for a whole answer of several checks.
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An <c>NpgsqlDataSource</c> for the connection <see cref="Contracts.ResourceNames.Database"/>, readiness by the
    /// schema's version, 503 while Postgres is away, and the <see cref="Migrator"/>.
    /// </summary>
    public static IHostApplicationBuilder AddPostgres(this IHostApplicationBuilder builder)
    {
        PostgresClient.Add(builder);
        builder.Services.AddHealthChecks()
            .AddCheck<SchemaHealthCheck>("postgres", tags: ["ready"], timeout: HealthTimeout);
        builder.Services.AddSingleton<IExceptionStatus, PostgresExceptionStatus>();
        builder.Services.AddSingleton<PostgresSessions>();
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddSingleton<DatabaseLogins>();
        return builder;
    }
}
