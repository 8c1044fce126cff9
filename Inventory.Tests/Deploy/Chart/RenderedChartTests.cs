using Inventory.Tests.Deploy.Manifests;
using k8s.Models;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>What helm makes of the published chart, without a cluster.</summary>
public sealed class RenderedChartTests(PublishedChart published)
{
    public static TheoryData<string> ValueSets => ValueSet.Names;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ValueSets))]
    public async Task Helm_finds_nothing_to_complain_of(string values)
    {
        var chart = await published.LoadAsync(Cancellation);

        var said = (await chart.LintAsync(ValueSet.Of(values), Cancellation)).Succeeded();

        Assert.DoesNotContain("WARNING", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ValueSets))]
    public async Task Every_manifest_is_as_its_kind_says(string values)
    {
        var chart = await published.LoadAsync(Cancellation);

        var manifests = ManifestSet.Read(await chart.TemplateAsync(ValueSet.Of(values), Cancellation));

        Assert.NotEmpty(manifests.Of<V1Deployment>());
        Assert.Equal(ValueSet.Of(values).HasStores, manifests.Of<V1StatefulSet>().Any());
        Assert.Equal(ValueSet.Of(values).Files.Contains("values-sale.yaml"), manifests.CustomResources.Count > 0);
    }

    [Fact]
    public void Every_file_of_values_is_in_a_set() => Assert.Equal(
        DeployFiles.All.Where(file => file.StartsWith("values-", StringComparison.Ordinal)),
        ValueSet.All.SelectMany(set => set.Files).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Rendering_the_same_twice_changes_nothing()
    {
        var chart = await published.LoadAsync(Cancellation);

        var first = await chart.TemplateAsync(ValueSet.TryOut, Cancellation);
        var second = await chart.TemplateAsync(ValueSet.TryOut, Cancellation);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task An_old_Kubernetes_is_refused_by_its_version()
    {
        var chart = await published.LoadAsync(Cancellation);

        var refused = await chart.TemplateAsync(
            ["--kube-version", "1.29.0", .. chart.Values(ValueSet.TryOut)], Cancellation);
        var oldest = await chart.TemplateAsync(
            ["--kube-version", "1.30.0", .. chart.Values(ValueSet.TryOut)], Cancellation);

        Assert.Contains("1.29.0", refused.Failed(), StringComparison.Ordinal);
        oldest.Succeeded();
    }

    [Fact]
    public async Task A_forgotten_secret_is_told_by_its_name()
    {
        var chart = await published.LoadAsync(Cancellation);

        Assert.NotEmpty(chart.Secrets);
        foreach (var forgotten in chart.Secrets)
        {
            var refused = await chart.TemplateAsync(
                ChartSecrets.Arguments(chart.Secrets.Where(secret => secret != forgotten)), Cancellation);

            Assert.Contains(forgotten[(forgotten.LastIndexOf('.') + 1)..], refused.Failed(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("      containers:", "      containerz:")]
    [InlineData("replicas: ", "replicas: x")]
    [InlineData("kind: Deployment", "kind: Deploiment")]
    public async Task A_spoilt_manifest_is_found(string text, string spoilt)
    {
        var chart = await published.LoadAsync(Cancellation);
        var rendered = await chart.TemplateAsync(ValueSet.TryOut, Cancellation);

        Assert.Contains(text, rendered, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(
            () => ManifestSet.Read(rendered.Replace(text, spoilt, StringComparison.Ordinal)));
    }
}
