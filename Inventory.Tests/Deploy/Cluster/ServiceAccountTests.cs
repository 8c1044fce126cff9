using Inventory.Tests.Deploy.Chart;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>What the pods could do to the cluster if somebody got into one: nothing.</summary>
[Collection(ControlPlane.Name)]
[Trait("Category", "Long")]
public sealed class ServiceAccountTests(ControlPlane cluster, PublishedChart published)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pods_have_no_token_and_their_accounts_no_rights()
    {
        ControlPlane.Require();
        await using var installation = await Installation.CreateAsync(cluster, await published.LoadAsync(Cancellation));
        (await installation.UpgradeAsync(ValueSet.TryOut)).Succeeded();

        var pods = await installation.PodsAsync();

        Assert.NotEmpty(pods);
        // The API server would have mounted one by now.
        Assert.DoesNotContain(
            pods.SelectMany(pod => pod.Spec.Volumes ?? []),
            volume => volume.Projected?.Sources.Any(source => source.ServiceAccountToken is not null) == true);
        // Everybody may ask what he may do, and read which certificates to trust.
        var nobody = await ListAsync(installation, "nobody");
        Assert.DoesNotContain("pods", nobody);
        foreach (var account in pods.Select(pod => pod.Spec.ServiceAccountName).Distinct())
        {
            Assert.Equal(nobody, await ListAsync(installation, account));
        }
    }

    [Fact]
    public async Task An_account_with_rights_is_found()
    {
        ControlPlane.Require();
        await using var installation = await Installation.CreateAsync(cluster, await published.LoadAsync(Cancellation));
        (await installation.KubectlAsync(
            ["create", "rolebinding", "too-much", "--clusterrole=view", $"--serviceaccount={installation.Namespace}:default"]))
            .Succeeded();

        Assert.Contains("configmaps", await ListAsync(installation, "default"));
    }

    // A table: the first column names the resource, and is empty for addresses that are none.
    private static async Task<IReadOnlyList<string>> ListAsync(Installation installation, string account)
    {
        var listed = await installation.KubectlAsync(
            ["auth", "can-i", "--list", $"--as=system:serviceaccount:{installation.Namespace}:{account}"]);
        return
        [
            .. listed.Succeeded().Split('\n').Skip(1)
                .Where(line => line.Length > 0 && line[0] != ' ')
                .Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])
                .Order(StringComparer.Ordinal),
        ];
    }
}
