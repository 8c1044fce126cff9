namespace Inventory.Servers.Kafka;

/// <summary>
/// What the Kafka clients must be told about the broker that runs here, 0.9: it cannot be asked for its version, knows
/// no idempotent producer, unpacks every batch and packs it again to number its messages, and allows sessions of 30 s at
/// most.
/// </summary>
public static class OldBroker
{
    public static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["Aspire__Confluent__Kafka__Producer__Config__ApiVersionRequest"] = "false",
        ["Aspire__Confluent__Kafka__Producer__Config__BrokerVersionFallback"] = "0.9.0.1",
        ["Aspire__Confluent__Kafka__Producer__Config__EnableIdempotence"] = "false",
        ["Aspire__Confluent__Kafka__Producer__Config__CompressionType"] = "None",
        ["Aspire__Confluent__Kafka__Consumer__Config__ApiVersionRequest"] = "false",
        ["Aspire__Confluent__Kafka__Consumer__Config__BrokerVersionFallback"] = "0.9.0.1",
        ["Aspire__Confluent__Kafka__Consumer__Config__SessionTimeoutMs"] = "10000",
    };
}
