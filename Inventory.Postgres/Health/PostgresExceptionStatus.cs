using Inventory.Postgres.Failures;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http;

namespace Inventory.Postgres.Health;

/// <summary>Postgres away, busy or in failover is the client's cue to try again, not a fault of its request.</summary>
internal sealed class PostgresExceptionStatus : IExceptionStatus
{
    public int? StatusOf(Exception exception) => PostgresFailure.RemedyOf(exception) is PostgresRemedy.None
        ? null
        : StatusCodes.Status503ServiceUnavailable;
}
