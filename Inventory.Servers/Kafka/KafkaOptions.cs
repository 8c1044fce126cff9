using Inventory.Servers.Java;

namespace Inventory.Servers.Kafka;

public sealed record KafkaOptions : JavaServerOptions
{
    public int Brokers { get; init; } = 1;

    /// <summary>A port for every broker, in order; any free one where it is 0 or not given.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>Settings in addition to, or instead of, <see cref="BrokerSettings"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
