using System.Globalization;
using Inventory.Contracts;
using Inventory.Tests.Deploy.Manifests;
using k8s.Models;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>The stores inside the chart, which are there to try it out.</summary>
public sealed class ChartStoreTests(PublishedChart published)
{
    // Of a pod (PostgresDefaults).
    private const int PoolSize = 40;
    private const string Limit = "max_connections=";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bug_Postgres_had_fewer_connections_than_its_pods_ask_for()
    {
        var manifests = await RenderAsync();

        var pods = new[] { ResourceNames.CommandApi, ResourceNames.Relay }
            .Select(service => manifests.Of<V1Deployment>(service).Spec)
            .Sum(spec => spec.Replicas!.Value + int.Parse(spec.Strategy.RollingUpdate.MaxSurge.Value, CultureInfo.InvariantCulture));
        var arguments = manifests.Pods()[ResourceNames.Postgres].Spec.Containers[0].Args;
        var limit = Assert.Single(arguments, argument => argument.StartsWith(Limit, StringComparison.Ordinal));
        Assert.True(int.Parse(limit[Limit.Length..], CultureInfo.InvariantCulture) > pods * PoolSize);
    }

    [Fact]
    public async Task The_data_outlives_the_release()
    {
        var manifests = await RenderAsync();

        var claims = manifests.Of<V1PersistentVolumeClaim>().ToList();
        Assert.Equal(3, claims.Count);
        Assert.All(claims, claim => Assert.Equal("keep", claim.Metadata.Annotations["helm.sh/resource-policy"]));
        Assert.All(manifests.Of<V1StatefulSet>(), store => Assert.Contains(
            store.Spec.Template.Spec.Volumes,
            volume => claims.Any(claim => claim.Metadata.Name == volume.PersistentVolumeClaim?.ClaimName)));
    }

    [Fact]
    public async Task A_Secret_that_somebody_else_makes_takes_the_place_of_the_charts()
    {
        var chart = await published.LoadAsync(Cancellation);

        var manifests = ManifestSet.Read(
            (await chart.TemplateAsync(["--set", "existingSecret=from-the-vault"], Cancellation)).Succeeded());

        Assert.Empty(manifests.Of<V1Secret>());
        Assert.Equal("from-the-vault/postgres-password", manifests.Pods()[ResourceNames.Postgres].Variables()["POSTGRES_PASSWORD"]);
    }

    private async Task<ManifestSet> RenderAsync() => await (await published.LoadAsync(Cancellation)).RenderAsync(ValueSet.TryOut);
}
