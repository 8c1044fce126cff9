namespace Inventory.Contracts.Composition;

/// <summary>
/// The stores that operators run, as the custom resources in <c>deploy/</c> make them: the service by which each is
/// found, and the label that its pods carry.
/// </summary>
public static class ExternalStores
{
    public const string PostgresService = "inventory-postgres-rw";
    public const string PostgresLabel = "cnpg.io/cluster";
    public const string PostgresCluster = "inventory-postgres";

    public const string KafkaService = "inventory-kafka-kafka-bootstrap";
    public const string KafkaLabel = "strimzi.io/cluster";
    public const string KafkaCluster = "inventory-kafka";

    /// <summary>Named by the cluster and its data centre, <see cref="StoreNames.Datacenter"/>.</summary>
    public const string CassandraService = "inventory-datacenter1-service";
    public const string CassandraLabel = "cassandra.datastax.com/cluster";
    public const string CassandraCluster = "inventory";
}
