using Inventory.Servers.Packages;
using Inventory.Tests.Deploy.Manifests;

namespace Inventory.Tests.Deploy;

public sealed class ManifestTests
{
    private static readonly KubernetesShapes Shapes = KubernetesShapes.Load(
        Path.Combine(Repository.Root, "Inventory.Tests", "Deploy", "kubernetes-shapes.yaml"));

    public static TheoryData<string> Manifests => [.. DeployFiles.All.Where(file => !DeployFiles.IsValues(file))];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_manifest_has_the_shape_of_its_kind(string file)
    {
        var manifests = ManifestSet.Read(File.ReadAllText(Path.Combine(DeployFiles.Folder, file)));

        Assert.True(manifests.Objects.Count + manifests.CustomResources.Count > 0);
    }

    [Theory]
    [InlineData("spec: { partitions: 12 }", "metadata is missing")]
    [InlineData("{ metadata: { name: a }, spec: { partitions: '12' } }", "partitions: 12 is not integer")]
    [InlineData("{ metadata: { name: a }, spec: { partition: 12 } }", "partition is unknown")]
    [InlineData("{ metadata: { name: A_B }, spec: {} }", "name: A_B is not name")]
    [InlineData("{ metadata: { name: a }, spec: [] }", "spec is not an object")]
    public void What_is_wrong_is_found(string rest, string problem)
    {
        var topic = YamlText.Read(rest)[0];
        var manifest = (YamlDotNet.RepresentationModel.YamlMappingNode)topic;
        manifest.Add("apiVersion", "kafka.strimzi.io/v1");
        manifest.Add("kind", "KafkaTopic");

        Assert.Contains(Shapes.Check(manifest), found => found.Contains(problem, StringComparison.Ordinal));
    }
}
