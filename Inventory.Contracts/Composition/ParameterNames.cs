namespace Inventory.Contracts.Composition;

/// <summary>
/// What whoever runs or deploys the system may set: <c>Parameters:{name}</c>, as a variable <c>Parameters__name</c> with
/// underscores for hyphens.
/// </summary>
public static class ParameterNames
{
    public const string PostgresPassword = "postgres-password";
    public const string CommandApiPassword = "command-api-password";
    public const string RelayPassword = "relay-password";
    public const string TokenIssuer = "token-issuer";
    public const string TokenAudience = "token-audience";
    public const string TokenSigningKey = "token-signing-key";
    public const string TelemetryEndpoint = "telemetry-endpoint";
    public const string CassandraReplicationFactor = "cassandra-replication-factor";
    public const string KafkaReplicationFactor = "kafka-replication-factor";
    public const string KafkaPartitions = "kafka-partitions";
}
