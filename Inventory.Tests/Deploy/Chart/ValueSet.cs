namespace Inventory.Tests.Deploy.Chart;

/// <summary>Values that deploy/README.md installs the chart with.</summary>
/// <param name="Name">What they are for.</param>
/// <param name="Files">In <c>deploy/</c>, the later over the earlier.</param>
/// <param name="HasStores">Whether the chart brings the stores.</param>
internal sealed record ValueSet(string Name, IReadOnlyList<string> Files, bool HasStores)
{
    private const string Production = "values-production.yaml";
    private const string Sale = "values-sale.yaml";
    private const string Small = "values-small.yaml";

    public static ValueSet TryOut { get; } = new("to try it out", [], HasStores: true);

    public static IReadOnlyList<ValueSet> All { get; } =
    [
        TryOut,
        new("on one small machine", [Small], HasStores: true),
        new("to try a sale out", [Sale], HasStores: true),
        new("production", [Production], HasStores: false),
        new("production in a sale", [Production, Sale], HasStores: false),
    ];

    public static TheoryData<string> Names => [.. All.Select(set => set.Name)];

    public static ValueSet Of(string name) => All.Single(set => set.Name == name);

    /// <summary>As helm takes them.</summary>
    public IEnumerable<string> Arguments => Files.SelectMany(file => new[] { "-f", Path.Combine(DeployFiles.Folder, file) });
}
