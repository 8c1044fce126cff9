using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Model;

/// <summary>A resource that is to run in Kubernetes, as the model describes it.</summary>
/// <param name="Name">Of the resource, and of all that it becomes.</param>
/// <param name="Image">The image's place.</param>
/// <param name="Endpoints">Where it listens; a program that runs to its end has none.</param>
/// <param name="Variables">Of its environment.</param>
/// <param name="Arguments">Of its command line.</param>
/// <param name="Volumes">Where it keeps what must last: names, and the folders they are mounted at.</param>
/// <param name="ReadinessProbe">Null where the model has none.</param>
/// <param name="LivenessProbe">Likewise.</param>
/// <param name="Edges">Whom it talks to.</param>
internal sealed record Workload(
    string Name,
    ModelImage Image,
    IReadOnlyList<ModelEndpoint> Endpoints,
    IReadOnlyDictionary<string, ModelText> Variables,
    IReadOnlyList<ModelText> Arguments,
    IReadOnlyDictionary<string, string> Volumes,
    V1Probe? ReadinessProbe,
    V1Probe? LivenessProbe,
    IReadOnlyCollection<NetworkEdge> Edges)
{
    public bool IsExternal => Endpoints.Any(endpoint => endpoint.IsExternal);

    /// <summary>The parameters that it must be given from the secret.</summary>
    public IEnumerable<string> Secrets =>
        Variables.Values.SelectMany(variable => variable.Secrets).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
