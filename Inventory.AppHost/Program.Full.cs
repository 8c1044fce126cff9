using Aspire.Hosting;
using Inventory.AppHost.Full.Cassandra;
using Inventory.AppHost.Full.Embedded;
using Inventory.AppHost.Full.Kubernetes;
using Inventory.AppHost.Full.Postgres;
using Inventory.AppHost.Full.Settings;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

// The whole system:
//
//   gateway ─┬─ query-api ──────────── Cassandra
//            └─ command-api ─ Postgres     │
//                    relay ─────┴─ Kafka ──┘
//
// 'aspire run' starts it, 'aspire publish' writes the Helm chart (docs/full-set.md).
var builder = DistributedApplication.CreateBuilder(args);
var parameters = new Parameters(builder);
var kubernetes = builder.AddInventoryKubernetes();
var embedded = EmbeddedServers.AreWanted(args);

var stores = embedded ? EmbeddedServers.Add(builder, parameters) : AddStores();

var migrations = builder.AddProject<Projects.Inventory_Migrations>(ResourceNames.Migrations)
    .WithReference(stores.Database, ResourceNames.Database)
    .WithReference(stores.Keyspace, ResourceNames.Keyspace)
    .WithLogins(parameters)
    .WithReplication(parameters)
    .WithTelemetry(parameters)
    .WaitFor(stores.Database)
    .WaitFor(stores.Keyspace)
    .PublishAsMigrationJob();

var commandApi = builder.AddProject<Projects.Inventory_CommandApi>(ResourceNames.CommandApi)
    .WithHttpEndpoint()
    .WithReference(stores.CommandApiDatabase, ResourceNames.Database)
    .WithTokens(parameters)
    .WithTelemetry(parameters)
    .WithHealthProbes()
    .WaitForCompletion(migrations)
    .PublishAsService(ServiceManifest.CommandApi);

var relay = builder.AddProject<Projects.Inventory_Relay>(ResourceNames.Relay)
    .WithHttpEndpoint()
    .WithReference(stores.RelayDatabase, ResourceNames.Database)
    .WithReference(stores.Kafka, ResourceNames.Kafka)
    .WithReference(stores.Keyspace, ResourceNames.Keyspace)
    .WithTelemetry(parameters)
    .WithHealthProbes()
    .WaitFor(stores.Kafka)
    .WaitForCompletion(migrations)
    .PublishAsService(ServiceManifest.Relay);

var queryApi = builder.AddProject<Projects.Inventory_QueryApi>(ResourceNames.QueryApi)
    .WithHttpEndpoint()
    .WithReplicas(2)
    .WithReference(stores.Keyspace, ResourceNames.Keyspace)
    .WithReference(stores.Kafka, ResourceNames.Kafka)
    .WithTelemetry(parameters)
    .WithHealthProbes()
    .WaitForCompletion(migrations)
    .PublishAsService(ServiceManifest.QueryApi);

builder.AddProject<Projects.Inventory_Gateway>(ResourceNames.Gateway)
    .WithHttpEndpoint(port: ServicePorts.Gateway)
    .WithExternalHttpEndpoints()
    .WithReference(queryApi)
    .WithReference(commandApi)
    .WithTokens(parameters)
    .WithTelemetry(parameters)
    .WithHealthProbes()
    .WithEndpointsFile(parameters, stores)
    .WaitFor(queryApi)
    .WaitFor(commandApi)
    .PublishAsService(ServiceManifest.Gateway);

if (embedded)
{
    // The broker of this machine is of another age: it creates no topics on request, and has them already.
    relay.WithOldBroker();
    queryApi.WithOldBroker();
}
else
{
    migrations.WithReference(stores.Kafka, ResourceNames.Kafka).WaitFor(stores.Kafka);
}

await builder.Build().RunAsync();

Stores AddStores()
{
    var database = builder.AddPostgres(ResourceNames.Postgres, password: parameters.PostgresPassword)
        .WithArgs("-c", "wal_level=logical")
        .WithEnvironment("POSTGRES_DB", StoreNames.Database)
        .WithDataVolume(StoreVolumes.Postgres)
        .PublishAsStore(kubernetes, StoreManifest.Postgres)
        .AddDatabase(ResourceNames.Database, StoreNames.Database);

    var kafka = builder.AddKafka(ResourceNames.Kafka)
        .WithDataVolume(StoreVolumes.Kafka)
        .WithLogsBelowVolume()
        .PublishAsStore(kubernetes, StoreManifest.Kafka);

    var keyspace = builder.AddCassandra(ResourceNames.Cassandra, datacenter: StoreNames.Datacenter)
        .WithHeap("1G")
        .WithDataVolume(StoreVolumes.Cassandra)
        .PublishAsStore(kubernetes, StoreManifest.Cassandra)
        .AddKeyspace(ResourceNames.Keyspace, StoreNames.Keyspace);

    return new Stores(
        database,
        database.AddLogin("command-api-login", StoreNames.CommandApiLogin, parameters.CommandApiPassword),
        database.AddLogin("relay-login", StoreNames.RelayLogin, parameters.RelayPassword),
        kafka,
        keyspace);
}
