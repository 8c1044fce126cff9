using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Services;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Kafka;

namespace Inventory.AppHost.Stores.Embedded;

/// <summary>The stores as programs of this machine: no container engine is needed.</summary>
internal static class EmbeddedStores
{
    public static SystemStores Add(IDistributedApplicationBuilder builder, Parameters parameters, EmbeddedServerOptions options)
    {
        var postgres = builder.AddEmbedded(new EmbeddedPostgres(ResourceNames.Postgres), options);
        var kafka = builder.AddEmbedded(new EmbeddedKafka(ResourceNames.Kafka), options);
        var cassandra = builder.AddEmbedded(new EmbeddedCassandra(ResourceNames.Cassandra), options);
        return new SystemStores(
            postgres,
            AddLogin(postgres, "command-api-login", StoreNames.CommandApiLogin, parameters.CommandApiPassword),
            AddLogin(postgres, "relay-login", StoreNames.RelayLogin, parameters.RelayPassword),
            kafka,
            cassandra)
        {
            ClientSettings = OldBroker.Environment,
            HasTopics = true,
        };
    }

    // Of the same setting the later one counts, so that a login is the owner's connection with another name.
    private static IResourceBuilder<ConnectionStringResource> AddLogin(
        IResourceBuilder<EmbeddedPostgres> postgres, string name, string login, IResourceBuilder<ParameterResource> password) =>
        postgres.ApplicationBuilder
            .AddConnectionString(name, ReferenceExpression.Create($"{postgres};Username={login};Password={password}"))
            .WithParentRelationship(postgres);
}
