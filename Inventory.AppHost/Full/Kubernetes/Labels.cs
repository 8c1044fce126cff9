using Aspire.Hosting.Kubernetes.Resources;

namespace Inventory.AppHost.Full.Kubernetes;

/// <summary>The labels that Aspire puts on the pods of the chart.</summary>
internal static class Labels
{
    public const string Component = "app.kubernetes.io/component";

    private const string Instance = "app.kubernetes.io/instance";
    private const string Release = "{{ .Release.Name }}";

    /// <summary>The pods of one service or store of this release.</summary>
    public static LabelSelectorV1 Of(string component) =>
        new(new Dictionary<string, string> { [Component] = component, [Instance] = Release });

    /// <summary>All pods of this release.</summary>
    public static LabelSelectorV1 All() => new(new Dictionary<string, string> { [Instance] = Release });
}
