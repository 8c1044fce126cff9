using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.Cassandra;

/// <summary>Whether a read could be sent now: some node of the local data centre is connected and prepared.</summary>
internal sealed class CassandraHealthCheck(CassandraClient client) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default) =>
        Task.FromResult(client.IsUsable
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(client.Cluster.NoNode().Message, client.Cluster.LastError));
}
