using Inventory.Tools;

namespace Inventory.Tests.Tools;

public sealed class ToolCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("dance")]
    [InlineData("replay")]
    [InlineData("replay", "orders.csv", "--concurrency", "0")]
    [InlineData("replay", "orders.csv", "--concurrency", "many")]
    [InlineData("replay", "orders.csv", "--opening-stock", "0")]
    [InlineData("replay", "orders.csv", "--run-id", "../../etc")]
    [InlineData("replay", "orders.csv", "--gateway", "ftp://127.0.0.1")]
    [InlineData("replay", "orders.csv", "--drain-patience", "never")]
    [InlineData("replay", "no-such-file.csv", "--gateway", "http://127.0.0.1:9")]
    public async Task A_command_line_that_cannot_work_ends_with_2(params string[] arguments) =>
        Assert.Equal(ExitCode.Unusable, await ToolCommands.RunAsync(arguments, TimeProvider.System));

    [Fact]
    public async Task Without_a_running_system_a_command_ends_with_2()
    {
        var file = _folder.File("orders.csv");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);

        var exitCode = await ToolCommands.RunAsync(
            ["replay", file, "--endpoints", _folder.File("endpoints.json")], TimeProvider.System);

        Assert.Equal(ExitCode.Unusable, exitCode);
    }
}
