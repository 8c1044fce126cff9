using Inventory.Contracts;
using Inventory.Tests.Deploy.Chart;
using k8s;
using k8s.Models;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>The published chart is installed, changed and removed by a real API server and its controllers.</summary>
[Collection(ControlPlane.Name)]
[Trait("Category", "Long")]
public sealed class InstallTests(ControlPlane cluster, PublishedChart published)
{
    public static TheoryData<string> ValueSets => ValueSet.Names;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ValueSets))]
    public async Task Everything_runs_and_nothing_but_the_data_is_left_behind(string values)
    {
        ControlPlane.Require();
        await using var installation = await CreateAsync();

        (await installation.UpgradeAsync(ValueSet.Of(values))).Succeeded();

        await AssertRunsAsync(installation, ValueSet.Of(values));
        var stores = await installation.StatefulSetsAsync();
        (await installation.UninstallAsync()).Succeeded();
        await Installation.WaitUntilAsync("only claims are left", async () =>
            (await installation.EverythingAsync()).All(IsClaim));
        Assert.Equal(stores.Count, (await installation.EverythingAsync()).Count);
    }

    [Fact]
    public async Task It_is_installed_again_on_the_data_of_the_last_time()
    {
        ControlPlane.Require();
        await using var installation = await CreateAsync();
        (await installation.UpgradeAsync(ValueSet.TryOut)).Succeeded();
        (await installation.UninstallAsync()).Succeeded();
        await Installation.WaitUntilAsync("only claims are left", async () =>
            (await installation.EverythingAsync()).All(IsClaim));
        var claims = await installation.EverythingAsync();

        (await installation.UpgradeAsync(ValueSet.TryOut)).Succeeded();

        await AssertRunsAsync(installation, ValueSet.TryOut);
        Assert.Equal(claims, (await installation.EverythingAsync()).Where(IsClaim));
    }

    [Fact]
    public async Task Changed_secrets_restart_the_pods_and_a_rollback_brings_the_old_ones_back()
    {
        ControlPlane.Require();
        await using var installation = await CreateAsync();
        (await installation.UpgradeAsync(ValueSet.TryOut)).Succeeded();
        var before = await TemplateAsync(installation);
        var pods = await RelayPodsAsync(installation);
        Assert.NotEmpty(pods);

        var chart = await published.LoadAsync(Cancellation);
        string[] changed = [.. chart.Secrets.SelectMany(secret => new[] { "--set-string", $"{secret}={new string('c', 64)}" })];
        (await installation.UpgradeAsync(ValueSet.TryOut, changed)).Succeeded();

        Assert.NotEqual(before, await TemplateAsync(installation));
        Assert.Empty(pods.Intersect(await RelayPodsAsync(installation)));
        (await installation.RollBackAsync()).Succeeded();
        Assert.Equal(before, await TemplateAsync(installation));
        await AssertRunsAsync(installation, ValueSet.TryOut);
    }

    [Fact]
    public async Task The_same_values_again_restart_nothing()
    {
        ControlPlane.Require();
        await using var installation = await CreateAsync();
        (await installation.UpgradeAsync(ValueSet.TryOut)).Succeeded();
        var pods = await RelayPodsAsync(installation);

        (await installation.UpgradeAsync(ValueSet.TryOut)).Succeeded();

        Assert.Equal(pods, await RelayPodsAsync(installation));
    }

    [Fact]
    public async Task Who_forgot_a_secret_is_told_its_name_before_anything_is_made()
    {
        ControlPlane.Require();
        await using var installation = await CreateAsync();
        var chart = await published.LoadAsync(Cancellation);
        var forgotten = chart.Secrets[0];

        var refused = await installation.HelmAsync(
        [
            "upgrade", "--install", HelmChart.Release, chart.Folder,
            .. ChartSecrets.Arguments(chart.Secrets.Where(secret => secret != forgotten)),
        ]);

        Assert.Contains(forgotten[(forgotten.LastIndexOf('.') + 1)..], refused.Failed(), StringComparison.Ordinal);
        Assert.Empty(await installation.EverythingAsync());
    }

    private async Task<Installation> CreateAsync() =>
        await Installation.CreateAsync(cluster, await published.LoadAsync(Cancellation));

    private async Task AssertRunsAsync(Installation installation, ValueSet values)
    {
        // The autoscaler has no figures here, but it brings up the least that it is to keep. KEDA isn't here at all.
        var autoscalers = (await cluster.Api.AutoscalingV2.ListNamespacedHorizontalPodAutoscalerAsync(
            installation.Namespace, cancellationToken: Cancellation)).Items;
        await Installation.WaitUntilAsync("every deployment is whole", async () =>
            (await installation.DeploymentsAsync()).All(deployment => IsWhole(deployment, autoscalers)));

        Assert.Equal(
            [ResourceNames.CommandApi, ResourceNames.Gateway, ResourceNames.QueryApi, ResourceNames.Relay],
            (await installation.DeploymentsAsync()).Select(deployment => Component(deployment.Spec.Template)).Order());
        Assert.Equal(
            values.HasStores ? [ResourceNames.Cassandra, ResourceNames.Kafka, ResourceNames.Postgres] : [],
            (await installation.StatefulSetsAsync()).Select(store => Component(store.Spec.Template)).Order());
        Assert.All(
            await installation.StatefulSetsAsync(),
            store => Assert.Equal(store.Spec.Replicas, store.Status.AvailableReplicas));
        Assert.Equal(1, Assert.Single(await installation.JobsAsync()).Status.Succeeded);
        Assert.All(
            await installation.PodsAsync(), pod => Assert.Contains(pod.Status.Phase, new[] { "Running", "Succeeded" }));
    }

    private static bool IsWhole(V1Deployment deployment, IEnumerable<V2HorizontalPodAutoscaler> autoscalers)
    {
        var least = autoscalers
            .Where(autoscaler => autoscaler.Spec.ScaleTargetRef.Name == deployment.Metadata.Name)
            .Select(autoscaler => autoscaler.Spec.MinReplicas ?? 1)
            .SingleOrDefault(1);
        return deployment.Spec.Replicas >= least
            && deployment.Status.AvailableReplicas == deployment.Spec.Replicas
            && deployment.Status.UpdatedReplicas == deployment.Spec.Replicas
            && deployment.Status.ObservedGeneration == deployment.Metadata.Generation;
    }

    private static async Task<string> TemplateAsync(Installation installation)
    {
        var relay = (await installation.DeploymentsAsync())
            .Single(deployment => Component(deployment.Spec.Template) == ResourceNames.Relay);
        return KubernetesJson.Serialize(relay.Spec.Template);
    }

    private static async Task<IReadOnlyList<string>> RelayPodsAsync(Installation installation) =>
    [
        .. (await installation.PodsAsync())
            .Where(pod => pod.Metadata.Labels[ChartLabels.Component] == ResourceNames.Relay)
            .Select(pod => pod.Metadata.Name)
            .Order(StringComparer.Ordinal),
    ];

    private static string Component(V1PodTemplateSpec template) => template.Metadata.Labels[ChartLabels.Component];

    private static bool IsClaim(string name) => name.StartsWith("persistentvolumeclaim/", StringComparison.Ordinal);
}
