using System.Globalization;
using Inventory.Servers;
using Inventory.Servers.Processes;

namespace Inventory.Tests.Servers;

public sealed class ChildProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exited_completes_with_the_exit_code_and_the_log_holds_both_outputs()
    {
        await using var child = await ChildProcess.StartAsync(Shell("echo out; echo err >&2; exit 7"));

        Assert.Equal(7, await child.Exited);
        Assert.False(child.StopRequested);
        Assert.Equal("out\nerr", child.ReadLogTail());
    }

    [Fact]
    public async Task Arguments_environment_and_folder_arrive_as_they_are()
    {
        var options = Shell("""printf '%s|%s|%s|%s' "$1" "$GIVEN" "${HOME-none}" "$PWD" """, "it's \"one\" $word") with
        {
            Environment = new Dictionary<string, string?> { ["GIVEN"] = "a b", ["HOME"] = null },
            WorkingDirectory = _folder.Path,
        };
        await using var child = await ChildProcess.StartAsync(options);

        Assert.Equal(0, await child.Exited);
        Assert.Equal($"it's \"one\" $word|a b|none|{_folder.Path}", child.ReadLogTail());
    }

    [Fact]
    public async Task Bug_variables_with_a_dash_in_their_name_were_dropped_by_the_shell_in_between()
    {
        var options = Shell("env") with
        {
            FileName = "/usr/bin/env",
            Arguments = [],
            Environment = new Dictionary<string, string?> { ["services__query-api__http__0"] = "http://127.0.0.1:1" },
        };
        await using var child = await ChildProcess.StartAsync(options);

        Assert.Equal(0, await child.Exited);
        Assert.Contains(
            "services__query-api__http__0=http://127.0.0.1:1",
            await File.ReadAllTextAsync(options.LogFile, Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_and_its_children_have_the_timer_slack_that_was_asked_for()
    {
        await using var child = await ChildProcess.StartAsync(
            Shell("cat /proc/self/timerslack_ns") with { TimerSlack = TimeSpan.FromMicroseconds(200) });

        Assert.Equal(0, await child.Exited);
        Assert.Equal("200000", child.ReadLogTail());
    }

    [Fact]
    public async Task A_child_has_its_own_session_so_the_terminal_does_not_interrupt_it()
    {
        await using var child = await ChildProcess.StartAsync(Shell("echo ready; sleep 100"));
        await WaitForLogAsync(child, "ready");

        Assert.Equal(child.ProcessId, ProcessFacts.SessionId(child.ProcessId));
    }

    [Fact]
    public async Task Stop_sends_the_stop_signal()
    {
        var options = Shell("trap 'echo bye; exit 3' INT; echo ready; while :; do sleep 0.05; done") with
        {
            StopSignal = ProcessSignal.Interrupt,
        };
        await using var child = await ChildProcess.StartAsync(options);
        await WaitForLogAsync(child, "ready");

        await child.StopAsync();

        Assert.Equal(3, await child.Exited);
        Assert.True(child.StopRequested);
        Assert.Contains("bye", child.ReadLogTail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_ignores_the_stop_signal_is_killed_with_its_children()
    {
        var options = Shell("trap '' TERM; sleep 100 & echo $!; wait; wait") with
        {
            StopTimeout = TimeSpan.FromMilliseconds(100),
        };
        await using var child = await ChildProcess.StartAsync(options);
        await WaitForLogAsync(child, "\n");
        var grandchild = int.Parse(child.ReadLogTail(), CultureInfo.InvariantCulture);

        await child.StopAsync();

        Assert.Equal(128 + (int)ProcessSignal.Kill, await child.Exited);
        await ProcessFacts.WaitUntilGoneAsync([grandchild], Cancellation);
    }

    [Fact]
    public async Task A_paused_child_can_be_stopped()
    {
        await using var child = await ChildProcess.StartAsync(Shell("echo ready; exec sleep 100"));
        await WaitForLogAsync(child, "ready");
        child.Pause();

        await child.StopAsync();

        Assert.Equal(128 + (int)ProcessSignal.Terminate, await child.Exited);
    }

    [Fact]
    public async Task A_run_that_fails_tells_the_end_of_its_log()
    {
        var exception = await Assert.ThrowsAsync<ServerStartException>(
            () => ChildProcess.RunAsync(Shell("echo no such luck; exit 4"), Cancellation));

        Assert.Equal("shell ended with exit code 4.\nno such luck", exception.Message);
    }

    [Fact]
    public async Task A_folder_that_a_live_child_holds_is_refused()
    {
        var options = Shell("echo ready; sleep 100") with { LockFile = _folder.File("lock") };
        await using var first = await ChildProcess.StartAsync(options);
        await WaitForLogAsync(first, "ready");

        await using var second = await ChildProcess.StartAsync(options with { LogFile = _folder.File("second.log") });

        Assert.Equal(75, await second.Exited);
    }

    public void Dispose() => _folder.Dispose();

    private ChildProcessOptions Shell(string script, params string[] arguments) => new()
    {
        Name = "shell",
        FileName = "/bin/sh",
        Arguments = ["-c", script, "sh", .. arguments],
        LogFile = _folder.File("shell.log"),
    };

    private static async Task WaitForLogAsync(ChildProcess child, string text) =>
        Assert.True(await Readiness.WaitAsync(
            _ => Task.FromResult(File.ReadAllText(child.Options.LogFile).Contains(text, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(10),
            Cancellation));
}
