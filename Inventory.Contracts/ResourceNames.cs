namespace Inventory.Contracts;

/// <summary>The names by which the parts of the system find each other, in every composition of it.</summary>
public static class ResourceNames
{
    public const string Gateway = "gateway";
    public const string QueryApi = "query-api";
    public const string CommandApi = "command-api";
    public const string Relay = "relay";
    public const string Migrations = "migrations";

    /// <summary>The Postgres server.</summary>
    public const string Postgres = "postgres";

    /// <summary>The Postgres database: its connection name.</summary>
    public const string Database = "inventorydb";

    /// <summary>Kafka: its connection name.</summary>
    public const string Kafka = "kafka";

    /// <summary>The Cassandra cluster.</summary>
    public const string Cassandra = "cassandra";

    /// <summary>The Cassandra keyspace: its connection name.</summary>
    public const string Keyspace = "inventory";

    public const string StockChangesTopic = "inventory.stock-changes";

    public const string DeadLetterTopic = "inventory.stock-changes.dead-letter";

    /// <summary>What the health checks of Aspire.Confluent.Kafka write into; the name is theirs.</summary>
    public const string HealthChecksTopic = "healthchecks-topic";
}
