using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.Cassandra.DataStax;

/// <summary>Whether the driver holds a node of the local data centre to be up.</summary>
internal sealed class DriverHealthCheck(DriverConnection connection) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default) =>
        Task.FromResult(connection.IsUsable
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(connection.NoNode().Message, connection.LastError));
}
