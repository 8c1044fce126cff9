namespace Inventory.AppHost.Stores.Containers;

/// <summary>
/// The volume of each store, on this machine, where other systems have theirs too, and in Kubernetes, where the claim of
/// that name is found by it.
/// </summary>
internal static class StoreVolumes
{
    public const string Postgres = "inventory-postgres-data";
    public const string Kafka = "inventory-kafka-data";
    public const string Cassandra = "inventory-cassandra-data";
}
