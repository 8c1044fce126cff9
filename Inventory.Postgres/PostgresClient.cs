using Inventory.Contracts;
using Microsoft.Extensions.Hosting;

namespace Inventory.Postgres;

/// <summary>
/// Aspire.Npgsql with its metrics and traces. Its own health check is off, because ours asks the same and sees the schema too.
/// </summary>
internal static class PostgresClient
{
    public static void Add(IHostApplicationBuilder builder) =>
        builder.AddNpgsqlDataSource(
            ResourceNames.Database,
            settings =>
            {
                settings.DisableHealthChecks = true;
                settings.ConnectionString = PostgresDefaults.Apply(settings.ConnectionString
                    ?? throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Database} is missing."));
            },
            dataSource => dataSource.ConfigureTracing(PostgresDefaults.TraceRequestsOnly));
}
