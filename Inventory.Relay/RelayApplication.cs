using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Postgres;
using Inventory.Relay.Kafka;
using Inventory.Relay.Projection;
using Inventory.Relay.Publishing;
using Inventory.Relay.Reconciliation;
using Inventory.Relay.Telemetry;
using Inventory.ServiceDefaults;

namespace Inventory.Relay;

/// <summary>Carries every change from the outbox through Kafka into Cassandra.</summary>
internal static class RelayApplication
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddPostgres();
        builder.Services.AddCassandra(builder.Configuration, ResourceNames.Keyspace);
        builder.Services.AddSingleton<KafkaLog>();
        KafkaClients.Add(builder);
        builder.Services.AddHealthChecks().AddCheck<KafkaHealthCheck>("kafka", tags: ["ready"]);
        builder.Services.AddSingleton<RelayTelemetry>();
        AddPublisher(builder.Services);
        AddProjector(builder.Services);
        AddReconciler(builder.Services, builder.Configuration);

        var app = builder.Build();
        app.UseServiceDefaults();
        return app;
    }

    private static void AddPublisher(IServiceCollection services)
    {
        services.AddSingleton<OutboxLeases>();
        services.AddSingleton<OutboxRows>();
        services.AddSingleton<EventSender>();
        services.AddSingleton<PublisherHeartbeat>();
        services.AddHostedService<OutboxPublisher>();
        services.AddHealthChecks().AddCheck<PublisherHeartbeat>("publisher", tags: ["ready"]);
    }

    private static void AddProjector(IServiceCollection services)
    {
        services.AddSingleton<ProjectionTelemetry>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<Projector>();
        services.AddSingleton<PartitionLanes>();
        services.AddSingleton<ProjectorHeartbeat>();
        services.AddHostedService<ConsumerLag>();
        services.AddHostedService<ProjectorLoop>();
        services.AddHealthChecks().AddCheck<ProjectorHeartbeat>("projector", tags: ["ready"]);
    }

    private static void AddReconciler(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReconciliationOptions>()
            .Bind(configuration.GetSection(ReconciliationOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<StockTruth>();
        services.AddSingleton<ReconciliationTelemetry>();
        services.AddHostedService<Reconciler>();
    }
}
