using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Kubernetes.Model;

/// <summary>Where an image lies unless the values say otherwise.</summary>
/// <param name="Registry">Empty for that of the system's own images.</param>
/// <param name="Repository">Within the registry.</param>
/// <param name="Tag">Empty for the version of the chart.</param>
internal sealed record ModelImage(string Registry, string Repository, string Tag)
{
    /// <summary>That of a container, or the one that the SDK makes of a project (<c>ContainerRepository</c>).</summary>
    public static ModelImage Of(IResource resource) =>
        resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault() is { } image
            ? new ModelImage(image.Registry ?? "docker.io", image.Image, image.Tag ?? "")
            : new ModelImage(Registry: "", $"inventory/{resource.Name}", Tag: "");
}
