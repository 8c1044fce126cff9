using Inventory.Contracts;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>What scaling and alerts stand on: who is speaking, and often enough for a rate over a minute.</summary>
public sealed class SignalTests(PublishedChart published)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ResourceNames.CommandApi)]
    [InlineData(ResourceNames.Gateway)]
    [InlineData(ResourceNames.Migrations)]
    [InlineData(ResourceNames.QueryApi)]
    [InlineData(ResourceNames.Relay)]
    public async Task Bug_nobody_sent_the_labels_that_were_asked_for_Now_every_service_does(string service)
    {
        var chart = await published.LoadAsync(Cancellation);

        var variables = (await chart.RenderAsync(ValueSet.TryOut)).Pods()[service].Variables();

        Assert.Equal(service, variables["OTEL_SERVICE_NAME"]);
        Assert.Equal("10000", variables["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Equal(
            $"service.instance.id=$(K8S_NAMESPACE_NAME).$(K8S_POD_NAME).{service},"
            + "k8s.pod.name=$(K8S_POD_NAME),k8s.namespace.name=$(K8S_NAMESPACE_NAME)",
            variables["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("metadata.name", variables["K8S_POD_NAME"]);
        Assert.Equal("metadata.namespace", variables["K8S_NAMESPACE_NAME"]);

        // Kubernetes fills in what stands before, and leaves the rest as it is written.
        var order = variables.Keys.ToList();
        Assert.True(order.IndexOf("K8S_POD_NAME") < order.IndexOf("OTEL_RESOURCE_ATTRIBUTES"));
        Assert.True(order.IndexOf("K8S_NAMESPACE_NAME") < order.IndexOf("OTEL_RESOURCE_ATTRIBUTES"));
    }

    [Fact]
    public void The_queries_ask_for_these_labels_over_windows_of_several_exports()
    {
        var adapter = File.ReadAllText(Path.Combine(DeployFiles.Folder, "prometheus-adapter-values.yaml"));
        var sale = File.ReadAllText(Path.Combine(DeployFiles.Folder, "values-sale.yaml"));

        Assert.Contains("k8s_namespace_name!=\"\",k8s_pod_name!=\"\"", adapter, StringComparison.Ordinal);
        Assert.Contains("[1m]", adapter, StringComparison.Ordinal);
        Assert.Contains("{service_name=\"query-api\",k8s_namespace_name=", sale, StringComparison.Ordinal);
        Assert.Contains("[1m]", sale, StringComparison.Ordinal);
    }
}
