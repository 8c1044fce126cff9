using System.Diagnostics;

namespace Inventory.Tests.Deploy;

/// <summary>The chart as users publish it, once for all tests of an assembly that ask for it.</summary>
public sealed class PublishedChart : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Of the chart.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("inventory-chart-").FullName;

    public async ValueTask InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(AppHost.Kubernetes.HelmChartExtensions).Assembly.Location,
                "--operation", "publish", "--step", "publish", "--output-path", Folder,
            },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.True(process.ExitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
