using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Tests.Deploy.Chart;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy;

/// <summary>The values for Helm name nothing that the chart does not have.</summary>
public sealed class ChartValuesTests(PublishedChart published)
{
    public static TheoryData<string> Values =>
        [.. DeployFiles.All.Where(file => file.StartsWith("values-", StringComparison.Ordinal))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_one_of_the_charts(string file)
    {
        var values = Assert.Single(DeployFiles.Read(file));
        var known = await ReadChartAsync();
        Assert.All(values.Fields(), field => AssertKnown(known, field.Key, field.Value));
    }

    [Theory]
    [InlineData(ResourceNames.Postgres, ExternalStores.PostgresService)]
    [InlineData(ResourceNames.Kafka, ExternalStores.KafkaService)]
    [InlineData(ResourceNames.Cassandra, ExternalStores.CassandraService)]
    public async Task The_chart_finds_the_operators_clusters(string store, string service) =>
        Assert.StartsWith(
            $"{service}.", (await ReadChartAsync()).Text("stores", "external", store), StringComparison.Ordinal);

    [Fact]
    public async Task Prometheus_and_the_autoscaler_mean_the_same_figure()
    {
        var rule = Assert.Single((YamlSequenceNode)DeployFiles.Read("prometheus-adapter-values.yaml")[0].At("rules", "custom")!);
        var series = rule.Text("name", "matches")!.Trim('^', '$');

        Assert.Equal(MetricNames.RequestsPerSecond, rule.Text("name", "as"));
        Assert.StartsWith(series, rule.Text("seriesQuery"), StringComparison.Ordinal);
        foreach (var values in Values.Select(file => DeployFiles.Read(file)[0]).Append(await ReadChartAsync()))
        {
            Assert.All(Queries(values), query => Assert.Contains(series, query, StringComparison.Ordinal));
        }
    }

    private async Task<YamlNode> ReadChartAsync() => (await published.LoadAsync(Cancellation)).DefaultValues;

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
        values.At("workloads", ResourceNames.QueryApi, "autoscaling", "triggers") is YamlSequenceNode triggers
            ? triggers.Select(trigger => trigger.Text("metadata", "query")).OfType<string>()
            : [];
}
