using Inventory.Tests.Deploy.Chart;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>
/// The API server says what it makes of every manifest. Neither 'helm lint' nor 'helm install --dry-run=server' asks it so:
/// both pass a Deployment whose selector misses its own pods.
/// </summary>
[Collection(ControlPlane.Name)]
[Trait("Category", "Long")]
public sealed class ServerSideTests(ControlPlane cluster, PublishedChart published)
{
    private static readonly string[] Ask = ["apply", "--dry-run=server", "--filename", "-"];

    public static TheoryData<string> ValueSets => ValueSet.Names;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ValueSets))]
    public async Task The_API_server_takes_every_manifest(string values)
    {
        ControlPlane.Require();
        var chart = await published.LoadAsync(Cancellation);
        await using var installation = await Installation.CreateAsync(cluster, chart);

        var answer = await installation.KubectlAsync(Ask, await chart.TemplateAsync(ValueSet.Of(values), Cancellation));

        var taken = answer.Succeeded();
        Assert.Contains("deployment.apps/", taken, StringComparison.Ordinal);
        // Unknown fields and pods that the namespace would not let in are warnings.
        Assert.DoesNotContain("Warning", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lint_passes_and_the_API_server_does_not_is_found()
    {
        ControlPlane.Require();
        var chart = await published.LoadAsync(Cancellation);
        await using var installation = await Installation.CreateAsync(cluster, chart);
        var rendered = await chart.TemplateAsync(ValueSet.TryOut, Cancellation);

        var answer = await installation.KubectlAsync(
            Ask, rendered.Replace("kind: PodDisruptionBudget", "kind: PodDisruptionBugdet", StringComparison.Ordinal));
        var empty = await installation.KubectlAsync(
            Ask, rendered.Replace("maxUnavailable:", "minAvailable: 1\n  maxUnavailable:", StringComparison.Ordinal));

        Assert.Contains("PodDisruptionBugdet", answer.Failed(), StringComparison.Ordinal);
        Assert.Contains("minAvailable and maxUnavailable cannot be both set", empty.Failed(), StringComparison.Ordinal);
    }
}
