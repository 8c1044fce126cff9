using Inventory.Postgres;
using Inventory.ServiceDefaults.Telemetry;

namespace Inventory.Migrations;

/// <summary>Prepares the stores and ends. The services wait for it; any number may run at once.</summary>
internal static class MigrationsApplication
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddTelemetry();
        builder.AddPostgres();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PostgresStep>();
        builder.Services.AddSingleton<CassandraStep>();
        builder.Services.AddSingleton<KafkaStep>();
        builder.Services.AddSingleton<MigrationJob>();

        using var host = builder.Build();
        await host.StartAsync();
        var succeeded = await host.Services.GetRequiredService<MigrationJob>()
            .RunAsync(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await host.StopAsync();
        return succeeded ? 0 : 1;
    }
}
