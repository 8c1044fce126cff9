using Inventory.Tests.Deploy.Chart;
using Inventory.Tests.Deploy.Programs;

[assembly: AssemblyFixture(typeof(PublishedChart))]

namespace Inventory.Tests.Deploy.Chart;

/// <summary>The chart of this build, published once for all tests that look at it.</summary>
public sealed class PublishedChart
{
    private readonly Lazy<Task<string>> _folder = new(
        () => Task.FromResult(Environment.GetEnvironmentVariable("INVENTORY_CHART")!));

    /// <summary>By helm without a cluster.</summary>
    internal async Task<HelmChart> LoadAsync(CancellationToken cancellationToken)
    {
        var tools = await KubernetesTools.EnsureAsync(cancellationToken);
        return new HelmChart(new ToolProgram(tools.Helm, new Dictionary<string, string>()), await _folder.Value);
    }
}
