using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Kafka;
using Inventory.Postgres;
using Inventory.Relay.Kafka;
using Inventory.Relay.Projection;
using Inventory.Relay.Publishing;
using Inventory.Relay.Publishing.Cdc;
using Inventory.Relay.Publishing.Leases;
using Inventory.Relay.Publishing.Polling;
using Inventory.Relay.Publishing.Sending;
using Inventory.Relay.Reconciliation;
using Inventory.Relay.Telemetry;
using Inventory.ServiceDefaults;
using Npgsql;

namespace Inventory.Relay;

/// <summary>Carries every change from the outbox through Kafka into Cassandra.</summary>
internal static class RelayApplication
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        var section = builder.Configuration.GetSection(RelayOptions.SectionName);
        builder.Services.Configure<RelayOptions>(section);
        var options = section.Get<RelayOptions>() ?? new RelayOptions();
        AddStores(builder, options.Roles);
        builder.Services.AddSingleton<RelayTelemetry>();
        if (options.Roles.HasFlag(RelayRoles.Publisher))
        {
            AddPublisher(builder.Services, options.Source);
        }

        if (options.Roles.HasFlag(RelayRoles.Projector))
        {
            AddProjector(builder.Services);
        }

        if (options.Roles.HasFlag(RelayRoles.Reconciler))
        {
            AddReconciler(builder.Services);
        }

        var app = builder.Build();
        app.UseServiceDefaults();
        return app;
    }

    private static void AddStores(WebApplicationBuilder builder, RelayRoles roles)
    {
        if ((roles & (RelayRoles.Publisher | RelayRoles.Reconciler)) != RelayRoles.None)
        {
            builder.AddPostgres();
        }

        if ((roles & (RelayRoles.Publisher | RelayRoles.Projector)) != RelayRoles.None)
        {
            KafkaClients.Add(builder, KafkaRegistration.Find());
        }

        if ((roles & (RelayRoles.Projector | RelayRoles.Reconciler)) != RelayRoles.None)
        {
            builder.Services.AddCassandra(builder.Configuration, ResourceNames.Keyspace);
        }
    }

    private static void AddPublisher(IServiceCollection services, OutboxSourceKind source)
    {
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<OutboxLeases>();
        services.AddSingleton<OutboxRows>();
        services.AddSingleton<IEventSender, EventSender>();
        services.AddSingleton<SendWindows>();
        services.AddSingleton<PublisherTelemetry>();
        services.AddSingleton(provider => new SlotName(new NpgsqlConnectionStringBuilder(
            provider.GetRequiredService<NpgsqlDataSource>().ConnectionString).Database!));
        services.AddSingleton<OutboxSlot>();
        if (source == OutboxSourceKind.Cdc)
        {
            services.AddSingleton<ReplicationConnections>();
            services.AddSingleton<TablePublication>();
            services.AddSingleton<IOutboxSource, CdcSource>();
        }
        else
        {
            services.AddSingleton<OutboxSignal>();
            services.AddSingleton<IOutboxSource, PollingSource>();
        }

        services.AddSingleton<PublisherHeartbeat>();
        services.AddHostedService<OutboxPublisher>();
        services.AddHostedService<OutboxObserver>();
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

    private static void AddReconciler(IServiceCollection services)
    {
        services.AddOptions<ReconciliationOptions>()
            .BindConfiguration(ReconciliationOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<StockTruth>();
        services.AddSingleton<ReconciliationTelemetry>();
        services.AddHostedService<Reconciler>();
    }
}
