using System.Globalization;
using Inventory.Servers.Packages;
using Inventory.Servers.Processes;
using Inventory.Tests.Deploy.Chart;
using Inventory.Tests.Deploy.Programs;
using Inventory.Tests.Hosting;

[assembly: AssemblyFixture(typeof(PublishedChart))]

namespace Inventory.Tests.Deploy.Chart;

/// <summary>The chart of this build: published once, as users publish it, when a test first asks for it.</summary>
public sealed class PublishedChart : IDisposable
{
    private readonly Lazy<Task> _published;

    public PublishedChart() => _published = new(PublishAsync);

    private string Folder { get; } = Path.Combine(
        Repository.Root, ".inventory", "tests", string.Create(CultureInfo.InvariantCulture, $"chart-{Environment.ProcessId}"));

    private string Chart => Path.Combine(Folder, "chart");

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>For helm without a cluster.</summary>
    internal async Task<HelmChart> LoadAsync(CancellationToken cancellationToken)
    {
        var tools = await KubernetesTools.EnsureAsync(cancellationToken);
        await _published.Value;
        return new HelmChart(new ToolProgram(tools.Helm, new Dictionary<string, string>()), Chart);
    }

    private async Task PublishAsync()
    {
        // Whatever Aspire keeps of a publish stays away from the user's home.
        var home = Path.Combine(Folder, "home");
        Directory.CreateDirectory(home);
        var dotnet = new ToolProgram(
            Executables.Require("dotnet", "dotnet-sdk-10.0"), new Dictionary<string, string> { ["HOME"] = home });
        (await dotnet.RunAsync(
        [
            BuiltProgram.Assembly("Inventory.AppHost"), "--operation", "publish", "--step", "publish", "--output-path", Chart,
        ])).Succeeded();
    }
}
