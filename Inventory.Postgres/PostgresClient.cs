using Inventory.Contracts;
using Microsoft.Extensions.Hosting;

namespace Inventory.Postgres;

/// <summary>
/// The full set's client: Aspire.Npgsql. Its own health check is off because ours also sees the
/// schema, its telemetry because ServiceDefaults collects what Npgsql tells.
/// </summary>
internal static class PostgresClient
{
    public static void Add(IHostApplicationBuilder builder) =>
        builder.AddNpgsqlDataSource(
            ResourceNames.Database,
            settings =>
            {
                settings.DisableHealthChecks = settings.DisableMetrics = settings.DisableTracing = true;
                settings.ConnectionString = PostgresDefaults.Apply(settings.ConnectionString
                    ?? throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Database} is missing."));
            },
            dataSource => dataSource.ConfigureTracing(PostgresDefaults.TraceRequestsOnly));
}
