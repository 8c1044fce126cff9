using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Tests.Deploy.Manifests;
using k8s.Models;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>How many pods there are, and who says so.</summary>
public sealed class ScalingTests(PublishedChart published)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ResourceNames.Gateway)]
    [InlineData(ResourceNames.CommandApi)]
    [InlineData(ResourceNames.Relay)]
    public async Task Bug_replicas_were_written_into_the_chart_Now_they_are_values(string service)
    {
        var manifests = await RenderAsync(ValueSet.TryOut, $"workloads.{service}.replicas=7");

        Assert.Equal(7, manifests.Of<V1Deployment>(service).Spec.Replicas);
    }

    [Theory]
    [InlineData("hpa", 1)]
    [InlineData("none", 0)]
    public async Task Replicas_are_a_number_only_where_no_autoscaler_decides(string kind, int autoscalers)
    {
        var manifests = await RenderAsync(ValueSet.TryOut, $"workloads.query-api.autoscaling.kind={kind}");

        Assert.Equal(autoscalers, manifests.Of<V2HorizontalPodAutoscaler>().Count());
        Assert.Equal(autoscalers == 0, manifests.Of<V1Deployment>(ResourceNames.QueryApi).Spec.Replicas.HasValue);
    }

    [Fact]
    public async Task KEDA_takes_the_autoscalers_place_by_value()
    {
        var manifests = await RenderAsync(ValueSet.Of("production in a sale"));

        var scaled = Assert.Single(manifests.CustomResources);
        Assert.Empty(manifests.Of<V2HorizontalPodAutoscaler>());
        Assert.Null(manifests.Of<V1Deployment>(ResourceNames.QueryApi).Spec.Replicas);
        Assert.Equal(ResourceNames.QueryApi, scaled.Text("spec", "scaleTargetRef", "name"));
    }

    [Fact]
    public async Task An_unknown_kind_of_autoscaling_is_refused_by_its_name()
    {
        var chart = await published.LoadAsync(Cancellation);

        var refused = await chart.TemplateAsync(
            [.. chart.Values(ValueSet.TryOut), "--set", "workloads.query-api.autoscaling.kind=vpa"], Cancellation);

        Assert.Contains("vpa", refused.Failed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_bounds_and_pace_of_the_autoscaler_are_values()
    {
        const string Path = "workloads.query-api.autoscaling";
        var manifests = await RenderNumbersAsync(
            $"{Path}.minReplicas=4",
            $"{Path}.maxReplicas=40",
            $"{Path}.targetCpuPercent=55",
            $"{Path}.targetRequestsPerSecond=1234",
            $"{Path}.behavior.scaleDown.stabilizationWindowSeconds=0",
            $"{Path}.behavior.scaleUp.policies[0].periodSeconds=5");

        var spec = manifests.Of<V2HorizontalPodAutoscaler>(ResourceNames.QueryApi).Spec;
        var requests = Assert.Single(spec.Metrics, metric => metric.Type == "Pods").Pods;
        Assert.Equal((4, 40), (spec.MinReplicas, spec.MaxReplicas));
        Assert.Equal(55, Assert.Single(spec.Metrics, metric => metric.Type == "Resource").Resource.Target.AverageUtilization);
        Assert.Equal(MetricNames.RequestsPerSecond, requests.Metric.Name);
        Assert.Equal(1234, requests.Target.AverageValue.ToDecimal());
        Assert.Equal(0, spec.Behavior.ScaleDown.StabilizationWindowSeconds);
        Assert.Equal(5, spec.Behavior.ScaleUp.Policies[0].PeriodSeconds);
    }

    [Fact]
    public async Task Without_Prometheus_the_requests_are_taken_out_so_that_pods_go_again()
    {
        var manifests = await RenderNumbersAsync("workloads.query-api.autoscaling.targetRequestsPerSecond=0");

        var metric = Assert.Single(manifests.Of<V2HorizontalPodAutoscaler>(ResourceNames.QueryApi).Spec.Metrics);
        Assert.Equal("cpu", metric.Resource.Name);
    }

    [Fact]
    public async Task Bug_a_first_try_asked_for_more_than_13_processors_Now_there_are_values_for_one_small_machine()
    {
        var manifests = await RenderAsync(ValueSet.Of("on one small machine"));

        var processors = manifests.Of<V1Deployment>().Sum(each => each.Spec.Replicas!.Value * Cpu(each.Spec.Template))
            + manifests.Of<V1StatefulSet>().Sum(each => each.Spec.Replicas!.Value * Cpu(each.Spec.Template))
            + manifests.Of<V1Job>().Sum(each => Cpu(each.Spec.Template));
        Assert.InRange(processors, 0.1m, 1);
    }

    private static decimal Cpu(V1PodTemplateSpec template) =>
        template.Spec.Containers.Sum(container => container.Resources.Requests["cpu"].ToDecimal());

    private async Task<ManifestSet> RenderAsync(ValueSet values, params string[] changes) =>
        await (await published.LoadAsync(Cancellation)).RenderAsync(values, changes);

    private async Task<ManifestSet> RenderNumbersAsync(params string[] changes)
    {
        var chart = await published.LoadAsync(Cancellation);
        return ManifestSet.Read((await chart.TemplateAsync(
            [.. chart.Values(ValueSet.TryOut), .. changes.SelectMany(change => new[] { "--set", change })], Cancellation)).Succeeded());
    }
}
