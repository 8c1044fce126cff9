using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Full.Settings;

/// <summary>Where the services find the stores, whichever way the stores run.</summary>
/// <param name="Database">Postgres with all rights, for the migrations.</param>
/// <param name="CommandApiDatabase">Postgres with the rights of CommandApi.</param>
/// <param name="RelayDatabase">Postgres with the rights of Relay.</param>
/// <param name="Kafka">The brokers.</param>
/// <param name="Keyspace">Cassandra.</param>
internal sealed record Stores(
    IResourceBuilder<IResourceWithConnectionString> Database,
    IResourceBuilder<IResourceWithConnectionString> CommandApiDatabase,
    IResourceBuilder<IResourceWithConnectionString> RelayDatabase,
    IResourceBuilder<IResourceWithConnectionString> Kafka,
    IResourceBuilder<IResourceWithConnectionString> Keyspace);
