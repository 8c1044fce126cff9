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
    /// <summary>One that was given to publishing, as a developer's machine has it.</summary>
    internal const string GivenSecret = "ThisPasswordIsWrittenNowhere";

    private readonly Lazy<Task> _published;

    public PublishedChart() => _published = new(PublishAsync);

    private string Folder { get; } = Path.Combine(
        Repository.Root, ".inventory", "tests", string.Create(CultureInfo.InvariantCulture, $"chart-{Environment.ProcessId}"));

    /// <summary>The home folder of who published it.</summary>
    internal string Home => Path.Combine(Folder, "home");

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
        Directory.CreateDirectory(Home);
        var dotnet = new ToolProgram(
            Executables.Require("dotnet", "dotnet-sdk-10.0"),
            new Dictionary<string, string> { ["HOME"] = Home, ["Parameters__relay_password"] = GivenSecret });
        (await dotnet.RunAsync(
        [
            BuiltProgram.Assembly("Inventory.AppHost"), "--operation", "publish", "--step", "publish", "--output-path", Chart,
        ])).Succeeded();
    }
}
