using k8s.Models;

namespace Inventory.AppHost.Kubernetes;

/// <summary>
/// The labels by which everything of the chart is found. The name of the release is not among them: there is one system in a
/// namespace, and a selector cannot be changed afterwards.
/// </summary>
internal static class Labels
{
    public const string Component = "app.kubernetes.io/component";
    public const string PartOf = "app.kubernetes.io/part-of";
    public const string System = "inventory";

    private const string Name = "app.kubernetes.io/name";

    /// <summary>What an object of one service or store carries.</summary>
    public static Dictionary<string, string> On(string component) =>
        new() { [Name] = component, [Component] = component, [PartOf] = System };

    /// <summary>The pods of one service or store.</summary>
    public static V1LabelSelector Of(string component) =>
        new() { MatchLabels = new Dictionary<string, string> { [Component] = component, [PartOf] = System } };

    /// <summary>All pods of the system.</summary>
    public static V1LabelSelector All() => new() { MatchLabels = new Dictionary<string, string> { [PartOf] = System } };
}
