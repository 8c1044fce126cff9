using Inventory.Tests.Deploy.Programs;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>The tests that are killed. Outside the collection, which would start a control plane of its own.</summary>
[Trait("Category", "Long")]
public sealed class ControlPlaneParent
{
    public const string FolderVariable = "INVENTORY_TESTS_CONTROL_PLANE";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Start_and_wait()
    {
        var data = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(data is null, "Only for the test above.");
        var tools = await KubernetesTools.EnsureAsync(Cancellation);
        await using var process = await ControlPlaneProcess.StartAsync(data, tools, Cancellation);
        await Task.Delay(Timeout.Infinite, Cancellation);
    }
}
