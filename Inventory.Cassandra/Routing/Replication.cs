using System.Globalization;
using System.Text.Json;
using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Routing;

/// <summary>A keyspace's replication: the strategy and its options as the system tables hold them.</summary>
internal sealed record Replication(string Strategy, IReadOnlyDictionary<string, string> Options)
{
    private const string FactorOption = "replication_factor";

    /// <summary>One factor per data centre, racks spread; otherwise one for the whole ring.</summary>
    public bool IsPerDatacenter => Strategy.EndsWith("NetworkTopologyStrategy", StringComparison.Ordinal);

    public int FactorFor(string datacenter) => Factor(IsPerDatacenter ? datacenter : FactorOption);

    /// <summary>Cassandra 2.x: a class and JSON.</summary>
    public static Replication FromColumns(string strategyClass, string optionsJson)
    {
        try
        {
            // The serializer would have its converters made for this, which every start would wait for.
            using var json = JsonDocument.Parse(optionsJson);
            var options = new Dictionary<string, string>();
            foreach (var option in json.RootElement.EnumerateObject())
            {
                options[option.Name] = option.Value.GetString() ?? "";
            }

            return new Replication(strategyClass, options);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CassandraProtocolException($"The replication options are no JSON object of texts: {error.Message}");
        }
    }

    /// <summary>Cassandra 3 and later: a map, the class among the options.</summary>
    public static Replication FromMap(Dictionary<string, string> map) => new(map.GetValueOrDefault("class", ""), map);

    public override string ToString() => $"{Strategy[(Strategy.LastIndexOf('.') + 1)..]} "
        + string.Join(", ", Options.Where(static option => option.Key != "class").Select(static option => $"{option.Key}={option.Value}"));

    /// <remarks>"3/1" is three replicas, one of them transient: that one holds no full copy.</remarks>
    private int Factor(string option)
    {
        var text = Options.GetValueOrDefault(option, "0").AsSpan();
        var slash = text.IndexOf('/');
        return int.TryParse(slash < 0 ? text : text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var factor)
            ? factor
            : 0;
    }
}
