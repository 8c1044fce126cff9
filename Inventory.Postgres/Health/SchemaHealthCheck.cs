using Inventory.Postgres.Failures;
using Inventory.Postgres.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Inventory.Postgres.Health;

/// <summary>
/// Ready when a session of the pool that commands use can write and finds the schema that this build was written for, or a
/// newer one.
/// </summary>
internal sealed class SchemaHealthCheck(NpgsqlDataSource dataSource) : IHealthCheck
{
    private const string Sql =
        "SELECT max(version), current_setting('transaction_read_only')::boolean FROM schema_migrations";

    private static readonly int RequiredVersion = MigrationScript.All[^1].Version;

    private readonly PostgresSessions _sessions = new(dataSource);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var (version, isReadOnly) = await _sessions.RunAsync(ReadAsync, cancellationToken);
            if (isReadOnly)
            {
                dataSource.Clear();
                return new HealthCheckResult(context.Registration.FailureStatus, "Postgres takes no writes.");
            }

            return version >= RequiredVersion
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, "The schema is older than this build.");
        }
        catch (PostgresException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Postgres refuses to work.", exception);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Postgres does not answer.", exception);
        }
    }

    private static async Task<(int Version, bool IsReadOnly)> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (await reader.IsDBNullAsync(0, cancellationToken) ? 0 : reader.GetInt32(0), reader.GetBoolean(1));
    }
}
