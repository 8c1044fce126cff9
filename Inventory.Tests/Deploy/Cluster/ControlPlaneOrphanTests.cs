using Inventory.Servers.Processes;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>
/// What becomes of the control plane when the tests that started it are killed: their part is played by another instance
/// of this program that runs <see cref="ControlPlaneParent"/>.
/// </summary>
[Collection(ControlPlane.Name)]
[Trait("Category", "Long")]
public sealed class ControlPlaneOrphanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_tests_leave_no_process_of_the_control_plane()
    {
        ControlPlane.Require();
        using var folder = new TemporaryFolder();
        var data = folder.File("cluster");
        await using var parent = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "parent",
            FileName = Path.Combine(AppContext.BaseDirectory, "Inventory.Tests"),
            Arguments =
            [
                "-method", $"{typeof(ControlPlaneParent).FullName}.{nameof(ControlPlaneParent.Start_and_wait)}", "-explicit", "only",
            ],
            Environment = new Dictionary<string, string?> { [ControlPlaneParent.FolderVariable] = data },
            LogFile = folder.File("parent.log"),
        });
        Assert.True(
            await Readiness.WaitAsync(
                _ => parent.HasExited
                    ? throw new InvalidOperationException(parent.ReadLogTail())
                    : Task.FromResult(File.Exists(Path.Combine(data, "ready"))),
                TimeSpan.FromMinutes(3),
                Cancellation),
            parent.ReadLogTail());
        Assert.True(IsHeld(ControlPlaneProcess.LockFile(data)), "Its processes run.");

        parent.Signal(ProcessSignal.Kill);

        await parent.Exited;
        Assert.True(
            await Readiness.WaitAsync(
                _ => Task.FromResult(!IsHeld(ControlPlaneProcess.LockFile(data))), TimeSpan.FromSeconds(100), Cancellation),
            "A process of the control plane is left.");
    }

    // Every process of it has inherited the lock.
    private static bool IsHeld(string file)
    {
        try
        {
            using var free = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
