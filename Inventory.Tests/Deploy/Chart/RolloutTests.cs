using Inventory.Contracts;
using Inventory.Tests.Deploy.Manifests;
using k8s;
using k8s.Models;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>Whom a change of the values restarts.</summary>
public sealed class RolloutTests(PublishedChart published)
{
    private const string OtherImage = "image.tag=2.0.0";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("parameters.token-issuer=somebody-else", ResourceNames.CommandApi, ResourceNames.Gateway)]
    [InlineData("secrets.relay-password=another", ResourceNames.Migrations, ResourceNames.Relay)]
    [InlineData("secrets.token-signing-key=YW5vdGhlcg==", ResourceNames.CommandApi, ResourceNames.Gateway)]
    public async Task Bug_changed_values_restarted_nobody_Now_those_who_are_given_them(string change, params string[] restarted)
    {
        var chart = await published.LoadAsync(Cancellation);
        var before = (await chart.RenderAsync(ValueSet.TryOut)).Pods();

        var after = (await chart.RenderAsync(ValueSet.TryOut, change)).Pods();

        Assert.Equal(
            restarted,
            after.Where(pod => KubernetesJson.Serialize(pod.Value) != KubernetesJson.Serialize(before[pod.Key]))
                .Select(pod => pod.Key)
                .Order());
    }

    [Theory]
    [InlineData(OtherImage)]
    [InlineData("parameters.kafka-partitions=24")]
    [InlineData("secrets.relay-password=another")]
    public async Task The_migrations_of_another_image_or_setting_are_another_job(string change)
    {
        var chart = await published.LoadAsync(Cancellation);

        var before = await chart.RenderAsync(ValueSet.TryOut);
        var after = await chart.RenderAsync(ValueSet.TryOut, change);

        Assert.NotEqual(JobName(before), JobName(after));
    }

    [Theory]
    [InlineData("workloads.gateway.replicas=9")]
    [InlineData("parameters.token-issuer=somebody-else")]
    public async Task Bug_the_jobs_name_was_the_releases_number_Now_what_it_does_not_run_leaves_it_alone(string change)
    {
        var chart = await published.LoadAsync(Cancellation);

        var before = await chart.RenderAsync(ValueSet.TryOut);
        var after = await chart.RenderAsync(ValueSet.TryOut, change);
        var upgrade = ManifestSet.Read(
            (await chart.TemplateAsync(["--is-upgrade", .. chart.Values(ValueSet.TryOut)], Cancellation)).Succeeded());

        Assert.Equal(JobName(before), JobName(after));
        Assert.Equal(JobName(before), JobName(upgrade));
    }

    [Fact]
    public async Task A_pod_that_ends_answers_while_it_is_forgotten_and_then_drains()
    {
        var chart = await published.LoadAsync(Cancellation);

        Assert.All((await chart.RenderAsync(ValueSet.TryOut)).Of<V1Deployment>(), deployment =>
        {
            var pod = deployment.Spec.Template.Spec;
            var container = Assert.Single(pod.Containers);
            Assert.Equal(10, container.Lifecycle.PreStop.Sleep.Seconds);

            // The host itself takes up to 30 s.
            Assert.True(pod.TerminationGracePeriodSeconds >= container.Lifecycle.PreStop.Sleep.Seconds + 30);
            Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
            Assert.NotEqual(container.LivenessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path);
            Assert.Equal(container.LivenessProbe.HttpGet.Path, container.StartupProbe.HttpGet.Path);
        });
    }

    private static string JobName(ManifestSet manifests) => manifests.Of<V1Job>(ResourceNames.Migrations).Metadata.Name;
}
