using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Stores;

/// <summary>Where the services find the stores, whichever way the stores run.</summary>
/// <param name="Database">Postgres with all rights, for the migrations.</param>
/// <param name="CommandApiDatabase">Postgres with the rights of CommandApi.</param>
/// <param name="RelayDatabase">Postgres with the rights of Relay.</param>
/// <param name="Kafka">The brokers.</param>
/// <param name="Keyspace">Cassandra.</param>
internal sealed record SystemStores(
    IResourceBuilder<IResourceWithConnectionString> Database,
    IResourceBuilder<IResourceWithConnectionString> CommandApiDatabase,
    IResourceBuilder<IResourceWithConnectionString> RelayDatabase,
    IResourceBuilder<IResourceWithConnectionString> Kafka,
    IResourceBuilder<IResourceWithConnectionString> Keyspace)
{
    /// <summary>What Kafka's clients must be told about these brokers, as environment variables.</summary>
    public IReadOnlyDictionary<string, string?> ClientSettings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether the topics are there already: brokers of another age make none on request.</summary>
    public bool HasTopics { get; init; }
}
