using Aspire.Hosting;
using Inventory.AppHost.Kubernetes;
using Inventory.AppHost.Running;
using Inventory.AppHost.Services;
using Inventory.AppHost.Stores;
using Inventory.Contracts;

// The whole system:
//
//   gateway ─┬─ query-api ──────────── Cassandra
//            └─ command-api ─ Postgres     │
//                    relay ─────┴─ Kafka ──┘
//
// './inventory run', 'aspire run' and 'dotnet run' start it; 'aspire publish' writes the Helm chart (deploy/README.md).
var builder = DistributedApplication.CreateBuilder(RunOptions.ForBuilder(args));
var run = new RunOptions(args, builder.Configuration);
LocalRun.Prepare(builder, run);
var parameters = new Parameters(builder);
var stores = builder.AddStores(run, parameters);

var migrations = builder.AddJob<Projects.Inventory_Migrations>(ResourceNames.Migrations, parameters)
    .WithReference(stores.Database, ResourceNames.Database)
    .WithReference(stores.Keyspace, ResourceNames.Keyspace)
    .WithTopics(stores)
    .WithLogins(parameters)
    .WithReplication(parameters)
    .WaitFor(stores.Database)
    .WaitFor(stores.Keyspace);

var commandApi = builder.AddService<Projects.Inventory_CommandApi>(ResourceNames.CommandApi, parameters)
    .WithReference(stores.CommandApiDatabase, ResourceNames.Database)
    .WithTokens(parameters)
    .WaitForCompletion(migrations);

var relay = builder.AddService<Projects.Inventory_Relay>(ResourceNames.Relay, parameters)
    .WithReference(stores.RelayDatabase, ResourceNames.Database)
    .WithReference(stores.Keyspace, ResourceNames.Keyspace)
    .WithKafka(stores)
    .WaitFor(stores.Kafka)
    .WaitForCompletion(migrations);

var queryApi = builder.AddService<Projects.Inventory_QueryApi>(ResourceNames.QueryApi, parameters)
    .WithReference(stores.Keyspace, ResourceNames.Keyspace)
    .WithKafka(stores)
    .WaitForCompletion(migrations);

var gateway = builder.AddService<Projects.Inventory_Gateway>(ResourceNames.Gateway, parameters, LocalPorts.Gateway(run))
    .WithExternalHttpEndpoints()
    .WithReference(queryApi)
    .WithReference(commandApi)
    .WithTokens(parameters)
    .WaitFor(queryApi)
    .WaitFor(commandApi);

builder.AddHelmChart();
builder.ReportWhenReady(run, parameters, stores, gateway, queryApi, commandApi, relay);
await builder.Build().RunAsync();
