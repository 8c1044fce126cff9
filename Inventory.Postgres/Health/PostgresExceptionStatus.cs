using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Inventory.Postgres.Health;

/// <summary>Postgres away, busy or in failover is the client's cue to try again, not a fault of its request.</summary>
internal sealed class PostgresExceptionStatus : IExceptionStatus
{
    // Failures in which the server did answer, but not as a server that is ready to work: classes 57 (operator
    // intervention), 53 (insufficient resources) and 42P01 (the migration step has not run yet).
    private static bool IsUnavailable(PostgresException exception) =>
        exception.IsTransient
        || exception.SqlState.StartsWith("57", StringComparison.Ordinal)
        || exception.SqlState.StartsWith("53", StringComparison.Ordinal)
        || exception.SqlState == PostgresErrorCodes.UndefinedTable;

    public int? StatusOf(Exception exception) => exception switch
    {
        PostgresException postgres when !IsUnavailable(postgres) => null,
        NpgsqlException => StatusCodes.Status503ServiceUnavailable,
        TimeoutException => StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };
}
