using Inventory.Postgres.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Inventory.Postgres.Health;

/// <summary>Ready when Postgres answers and has the schema that this build was written for, or a newer one.</summary>
internal sealed class SchemaHealthCheck(NpgsqlDataSource dataSource) : IHealthCheck
{
    private static readonly int RequiredVersion = MigrationScript.All[^1].Version;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand("SELECT max(version) FROM schema_migrations");
            return await command.ExecuteScalarAsync(cancellationToken) is int version && version >= RequiredVersion
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, "The schema is older than this build.");
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Postgres does not answer.", exception);
        }
    }
}
