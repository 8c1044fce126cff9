using Inventory.Contracts;
using Inventory.Tests.Deploy.Chart;
using Inventory.Tests.Deploy.Manifests;
using k8s.Models;

namespace Inventory.Tests.Deploy.Network;

/// <summary>The chart's network policies allow what the picture draws and nothing else.</summary>
public sealed class NetworkPictureTests(PublishedChart published)
{
    public static TheoryData<string> ValueSets => ValueSet.Names;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ValueSets))]
    public async Task Every_edge_is_as_it_is_drawn(string values)
    {
        var manifests = await RenderAsync(ValueSet.Of(values));

        var differences = new NetworkPicture(manifests).Differences(Policies(manifests));

        Assert.Empty(differences);
    }

    [Fact]
    public async Task A_policy_too_few_is_found()
    {
        var manifests = await RenderAsync(ValueSet.TryOut);
        var policies = manifests.Of<V1NetworkPolicy>().ToList();
        policies.RemoveAll(policy => policy.Spec.PodSelector.MatchLabels?.Values.Contains(ResourceNames.Relay) == true);

        var differences = new NetworkPicture(manifests).Differences(new NetworkPolicies(policies));

        Assert.Contains("relay cannot reach kafka on TCP 9092", differences);
    }

    [Fact]
    public async Task No_policy_at_all_is_found()
    {
        var manifests = await RenderAsync(ValueSet.TryOut);

        var differences = new NetworkPicture(manifests).Differences(new NetworkPolicies([])).ToList();

        Assert.Contains("query-api can reach postgres on TCP 5432", differences);
        Assert.Contains("the internet can reach cassandra on TCP 9042", differences);
        Assert.Contains("gateway can reach the internet on TCP 9999", differences);
    }

    [Fact]
    public async Task A_rule_too_wide_is_found()
    {
        var manifests = await RenderAsync(ValueSet.TryOut);
        var opened = manifests.Of<V1NetworkPolicy>().Single(policy =>
            policy.Spec.PodSelector.MatchLabels?.Values.Contains(ResourceNames.Postgres) == true);
        opened.Spec.Ingress = [new V1NetworkPolicyIngressRule()];

        var differences = new NetworkPicture(manifests).Differences(Policies(manifests));

        Assert.Contains("a stranger can reach postgres on TCP 5432", differences);
    }

    private static NetworkPolicies Policies(ManifestSet manifests) => new([.. manifests.Of<V1NetworkPolicy>()]);

    private async Task<ManifestSet> RenderAsync(ValueSet values) =>
        ManifestSet.Read(await (await published.LoadAsync(Cancellation)).TemplateAsync(values, Cancellation));
}
