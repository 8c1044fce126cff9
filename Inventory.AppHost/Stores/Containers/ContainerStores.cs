using Aspire.Hosting;
using Inventory.AppHost.Services;
using Inventory.AppHost.Stores.Containers.Cassandra;
using Inventory.AppHost.Stores.Containers.Kafka;
using Inventory.AppHost.Stores.Containers.Postgres;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Stores.Containers;

/// <summary>The stores in containers; what is published is made of these too.</summary>
internal static class ContainerStores
{
    public static SystemStores Add(IDistributedApplicationBuilder builder, Parameters parameters)
    {
        var database = builder.AddPostgres(ResourceNames.Postgres, password: parameters.PostgresPassword)
            .WithArgs("-c", "wal_level=logical")

            // Seven pods of the two services with pools of 40 while they are rolled out, and the migrations.
            .WithArgs("-c", "max_connections=300")
            .WithEnvironment("POSTGRES_DB", StoreNames.Database)
            .WithDataVolume(StoreVolumes.Postgres)
            .AddDatabase(ResourceNames.Database, StoreNames.Database);

        var kafka = builder.AddKafkaBroker(ResourceNames.Kafka)
            .WithDataVolume(StoreVolumes.Kafka);

        var keyspace = builder.AddCassandra(ResourceNames.Cassandra, datacenter: StoreNames.Datacenter)
            .WithHeap("1G")
            .WithDataVolume(StoreVolumes.Cassandra)
            .AddKeyspace(ResourceNames.Keyspace, StoreNames.Keyspace);

        return new SystemStores(
            database,
            database.AddLogin("command-api-login", StoreNames.CommandApiLogin, parameters.CommandApiPassword),
            database.AddLogin("relay-login", StoreNames.RelayLogin, parameters.RelayPassword),
            kafka,
            keyspace);
    }
}
