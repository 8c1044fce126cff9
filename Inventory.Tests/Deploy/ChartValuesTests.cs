using System.Reflection;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy;

/// <summary>The values for Helm name nothing that the chart does not have.</summary>
public sealed class ChartValuesTests
{
    public static TheoryData<string> Values =>
        [.. DeployFiles.All.Where(file => file.StartsWith("values-", StringComparison.Ordinal))];

    // What Aspire writes: parameters by their names, with underscores, beneath the resource that is given them.
    private static HashSet<string> ParameterKeys { get; } =
        [.. Constants(typeof(ParameterNames)).Select(name => name.Replace('-', '_'))];

    private static HashSet<string> ResourceKeys { get; } =
        [.. Constants(typeof(ResourceNames)).Select(name => name.Replace('-', '_'))];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_one_of_the_charts(string file)
    {
        var values = Assert.Single(DeployFiles.Read(file));
        foreach (var (key, value) in values.Fields())
        {
            if (key == "config")
            {
                foreach (var (resource, parameters) in value.Fields())
                {
                    Assert.Contains(resource, ResourceKeys);
                    Assert.All(parameters.Fields(), parameter => Assert.Contains(parameter.Key, ParameterKeys));
                }
            }
            else
            {
                AssertKnown(DeployFiles.ChartValues, key, value);
            }
        }
    }

    [Theory]
    [InlineData(ResourceNames.Postgres, ExternalStores.PostgresService)]
    [InlineData(ResourceNames.Kafka, ExternalStores.KafkaService)]
    [InlineData(ResourceNames.Cassandra, ExternalStores.CassandraService)]
    public void The_chart_finds_the_operators_clusters(string store, string service) =>
        Assert.StartsWith(
            $"{service}.", DeployFiles.ChartValues.Text("stores", "external", store), StringComparison.Ordinal);

    [Fact]
    public void Prometheus_and_the_autoscaler_mean_the_same_figure()
    {
        var rule = Assert.Single((YamlSequenceNode)DeployFiles.Read("prometheus-adapter-values.yaml")[0].At("rules", "custom")!);
        var series = rule.Text("name", "matches")!.Trim('^', '$');

        Assert.Equal(MetricNames.RequestsPerSecond, rule.Text("name", "as"));
        Assert.StartsWith(series, rule.Text("seriesQuery"), StringComparison.Ordinal);
        foreach (var values in Values.Select(file => DeployFiles.Read(file)[0]).Append(DeployFiles.ChartValues))
        {
            Assert.All(Queries(values), query => Assert.Contains(series, query, StringComparison.Ordinal));
        }
    }

    private static void AssertKnown(YamlNode known, string key, YamlNode value)
    {
        var there = known.At(key);
        Assert.True(there is not null, $"The chart has no value \"{key}\".");
        if (there is YamlMappingNode && value is YamlMappingNode)
        {
            Assert.All(value.Fields(), field => AssertKnown(there, field.Key, field.Value));
        }
    }

    private static IEnumerable<string> Queries(YamlNode values) =>
        values.At("autoscaling", "triggers") is YamlSequenceNode triggers
            ? triggers.Select(trigger => trigger.Text("metadata", "query")).OfType<string>()
            : [];

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
}
