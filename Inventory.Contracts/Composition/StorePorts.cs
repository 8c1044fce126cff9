namespace Inventory.Contracts.Composition;

/// <summary>Where the stores listen in their containers, and beneath their names in Kubernetes.</summary>
public static class StorePorts
{
    public const int Postgres = 5432;
    public const int Kafka = 9092;
    public const int Cassandra = 9042;
}
