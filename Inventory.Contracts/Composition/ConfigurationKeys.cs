namespace Inventory.Contracts.Composition;

/// <summary>The configuration that whoever composes the system gives to the services.</summary>
public static class ConfigurationKeys
{
    /// <summary>The password of <see cref="StoreNames.CommandApiLogin"/>, for the migrations.</summary>
    public const string CommandApiPassword = "DatabaseLogins:CommandApi";

    /// <summary>The password of <see cref="StoreNames.RelayLogin"/>, for the migrations.</summary>
    public const string RelayPassword = "DatabaseLogins:Relay";

    public const string CassandraReplicationFactor = "Cassandra:ReplicationFactor";

    public const string KafkaReplicationFactor = "Kafka:ReplicationFactor";

    public const string KafkaPartitions = "Kafka:Partitions";

    /// <summary>Whose tokens are believed.</summary>
    public const string TokenIssuer = "Authentication:Schemes:Bearer:ValidIssuer";

    /// <summary>For whom a token must be.</summary>
    public const string TokenAudience = "Authentication:Schemes:Bearer:ValidAudiences:0";

    /// <summary>Whose key <see cref="SigningKey"/> is.</summary>
    public const string SigningKeyIssuer = "Authentication:Schemes:Bearer:SigningKeys:0:Issuer";

    /// <summary>Base64. The key with which the issuer signs.</summary>
    public const string SigningKey = "Authentication:Schemes:Bearer:SigningKeys:0:Value";

    /// <summary>Where telemetry goes; nowhere without it.</summary>
    public const string TelemetryEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static string ConnectionString(string name) => $"ConnectionStrings:{name}";

    /// <summary>The address of one instance of a service, for service discovery.</summary>
    public static string Discovery(string service, int index = 0) => $"services:{service}:http:{index}";

    /// <summary>The environment variable from which a key is read.</summary>
    public static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
