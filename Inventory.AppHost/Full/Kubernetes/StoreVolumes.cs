namespace Inventory.AppHost.Full.Kubernetes;

/// <summary>The volume of each store, on this machine and in Kubernetes: a claim is matched by the name.</summary>
internal static class StoreVolumes
{
    public const string Postgres = "postgres-data";
    public const string Kafka = "kafka-data";
    public const string Cassandra = "cassandra-data";
}
