using k8s.Models;

namespace Inventory.Tests.Deploy.Network;

/// <summary>Somebody with an address, as network policies see him: a pod of the release or one from elsewhere.</summary>
internal sealed record NetworkPod
{
    /// <summary>Where the release is installed.</summary>
    public const string ReleaseNamespace = "inventory";

    public required string Name { get; init; }

    public string Namespace { get; init; } = ReleaseNamespace;

    public IDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Null for a pod's, which no block of addresses of a policy is meant for.</summary>
    public string? Address { get; init; }

    /// <summary>Ports by their names.</summary>
    public IReadOnlyDictionary<string, int> NamedPorts { get; init; } = new Dictionary<string, int>();

    /// <summary>What the cluster gives every namespace.</summary>
    public IDictionary<string, string> NamespaceLabels =>
        new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = Namespace };

    public static NetworkPod Of(string name, V1PodTemplateSpec template) => new()
    {
        Name = name,
        Labels = template.Metadata.Labels,
        NamedPorts = template.Spec.Containers
            .SelectMany(container => container.Ports ?? [])
            .Where(port => port.Name is not null)
            .ToDictionary(port => port.Name, port => port.ContainerPort, StringComparer.Ordinal),
    };
}
