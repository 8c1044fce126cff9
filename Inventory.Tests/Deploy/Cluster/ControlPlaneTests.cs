namespace Inventory.Tests.Deploy.Cluster;

[Collection(ControlPlane.Name)]
[Trait("Category", "Long")]
public sealed class ControlPlaneTests(ControlPlane cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_of_the_version_that_the_chart_is_checked_against()
    {
        ControlPlane.Require();

        var version = await k8s.VersionOperationsExtensions.GetCodeAsync(cluster.Api.Version, Cancellation);

        Assert.StartsWith("v1.37.", version.GitVersion, StringComparison.Ordinal);
    }
}
