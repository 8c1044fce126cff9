namespace Inventory.Tests.Deploy.Manifests;

/// <summary>Reading a manifest finds what is wrong with it.</summary>
public sealed class ManifestSetTests
{
    [Theory]
    [InlineData("{ apiVersion: apps/v1, kind: Deployment, spec: { replica: 2 } }", "'replica'")]
    [InlineData("{ apiVersion: apps/v1, kind: Deployment, spec: { replicas: '2' } }", "$.spec.replicas")]
    [InlineData("{ apiVersion: v1, kind: ConfigMap, data: { level: 2 } }", "$.data.level")]
    [InlineData("{ apiVersion: v1, kind: ConfigMap, data: { isOn: yes } }", "$.data.isOn")]
    [InlineData("{ apiVersion: apps/v2, kind: Deployment }", "apps/v2/Deployment is no kind that we use")]
    [InlineData("{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: a } }", "spec is missing")]
    public void What_is_wrong_is_told_with_its_place(string manifest, string problem)
    {
        var refused = Assert.Throws<InvalidDataException>(() => ManifestSet.Read(manifest));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_right_is_read_and_empty_documents_are_none()
    {
        var manifests = ManifestSet.Read(
            """
            ---
            # nothing
            ---
            apiVersion: v1
            kind: ConfigMap
            data: { level: "2", empty: }
            """);

        Assert.Single(manifests.Objects);
        Assert.Empty(manifests.CustomResources);
    }
}
