using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy.Manifests;

/// <summary>
/// Reads a manifest of a kind of Kubernetes' own into KubernetesClient's model of it. A field that the model lacks and a
/// value of another type are errors. What is missing is not found: the models let everything be left out.
/// </summary>
internal static class TypedManifest
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    private static readonly FrozenDictionary<string, Type> Models = typeof(V1Pod).Assembly.GetTypes()
        .Select(type => (Type: type, Entity: type.GetCustomAttribute<KubernetesEntityAttribute>()))
        .Where(model => model.Entity is not null && typeof(IKubernetesObject<V1ObjectMeta>).IsAssignableFrom(model.Type))
        .ToFrozenDictionary(model => KindOf(model.Entity!), model => model.Type, StringComparer.Ordinal);

    /// <summary>For example <c>apps/v1/Deployment</c>.</summary>
    public static string KindOf(YamlNode manifest) => $"{manifest.Text("apiVersion")}/{manifest.Text("kind")}";

    public static bool IsKnown(string kind) => Models.ContainsKey(kind);

    /// <exception cref="InvalidDataException">It is not as the model says.</exception>
    public static IKubernetesObject<V1ObjectMeta> Read(YamlNode manifest)
    {
        var kind = KindOf(manifest);
        try
        {
            return (IKubernetesObject<V1ObjectMeta>)YamlJson.Convert(manifest).Deserialize(Models[kind], Strict)!;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new InvalidDataException($"{kind} {manifest.Text("metadata", "name")}: {exception.Message}", exception);
        }
    }

    private static string KindOf(KubernetesEntityAttribute entity) =>
        entity.Group.Length == 0 ? $"{entity.ApiVersion}/{entity.Kind}" : $"{entity.Group}/{entity.ApiVersion}/{entity.Kind}";
}
