using Inventory.Servers.Packages;
using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy.Manifests;

/// <summary>Manifests that were read strictly: Kubernetes' own into its models, those of operators by their kept shapes.</summary>
internal sealed class ManifestSet
{
    private static readonly KubernetesShapes Shapes = KubernetesShapes.Load(
        Path.Combine(Repository.Root, "Inventory.Tests", "Deploy", "kubernetes-shapes.yaml"));

    private readonly List<IKubernetesObject<V1ObjectMeta>> _objects = [];
    private readonly List<YamlNode> _customResources = [];

    private ManifestSet()
    {
    }

    /// <summary>Objects of Kubernetes itself.</summary>
    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects => _objects;

    public IReadOnlyList<YamlNode> CustomResources => _customResources;

    /// <exception cref="InvalidDataException">A document has a field that its kind lacks, or a value of another type.</exception>
    public static ManifestSet Read(string text)
    {
        var manifests = new ManifestSet();
        foreach (var document in YamlText.Read(text).OfType<YamlMappingNode>())
        {
            manifests.Add(document);
        }

        return manifests;
    }

    public IEnumerable<T> Of<T>()
        where T : IKubernetesObject<V1ObjectMeta> => _objects.OfType<T>();

    private void Add(YamlMappingNode document)
    {
        if (TypedManifest.IsKnown(TypedManifest.KindOf(document)))
        {
            _objects.Add(TypedManifest.Read(document));
            return;
        }

        if (Shapes.Check(document) is { Count: > 0 } problems)
        {
            throw new InvalidDataException(string.Join('\n', problems));
        }

        _customResources.Add(document);
    }
}
