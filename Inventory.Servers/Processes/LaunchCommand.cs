using System.Diagnostics;
using System.Globalization;

namespace Inventory.Servers.Processes;

/// <summary>
/// Builds the chain of commands that ends as the child. Each one replaces itself by the next (exec), so the process id
/// that we get to know is the child's own:
/// <list type="number">
/// <item><c>setsid</c>: its own session, so that Ctrl-C in a terminal reaches only us and we stop the children in order;</item>
/// <item><c>sh</c>: opens the log, so that output needs no pump in this process and survives it, and takes the lock;</item>
/// <item><c>setpriv</c>: drops root and then, because a change of user clears it, asks for the signal on our death;</item>
/// <item><c>sh</c>: ends at once if we died before that request took effect.</item>
/// </list>
/// </summary>
internal static class LaunchCommand
{
    /// <summary>The exit code when another process holds the lock file.</summary>
    public const int LockedExitCode = 75;

    private const string OpenLog =
        """
        log=$1; lock=$2; shift 2
        exec </dev/null >"$log" 2>&1
        if [ -n "$lock" ]; then exec 9>>"$lock"; flock --nonblock 9 || exit 75; fi
        exec "$@"
        """;

    private const string RequireParent =
        """
        parent=$1; shift
        [ "$PPID" = "$parent" ] || exit 1
        exec "$@"
        """;

    public static ProcessStartInfo Build(ChildProcessOptions options)
    {
        var start = new ProcessStartInfo(Executables.Require("setsid", "util-linux"))
        {
            UseShellExecute = false,
            WorkingDirectory = options.WorkingDirectory ?? "/",
        };
        AddAll(start, "/bin/sh", "-c", OpenLog, "sh", options.LogFile, options.LockFile ?? "");
        AddAll(start, Executables.Require("setpriv", "util-linux"));
        AddAll(start, "--pdeathsig", options.OrphanSignal.ToShortName());
        if (options.User is { } user)
        {
            AddAll(start, "--reuid", user.Name, "--regid", user.Name, "--init-groups");
        }

        var parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        AddAll(start, "/bin/sh", "-c", RequireParent, "sh", parent, options.FileName);
        AddAll(start, [.. options.Arguments]);
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static void AddAll(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }
}
