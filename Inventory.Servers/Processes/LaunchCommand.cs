using System.Diagnostics;
using System.Globalization;

namespace Inventory.Servers.Processes;

/// <summary>
/// Builds the chain of commands that ends as the child. Each one replaces itself by the next (exec), so the process id
/// that we get to know is the child's own:
/// <list type="number">
/// <item><c>setsid</c>: its own session, so that Ctrl-C reaches only us and we stop the children in order;</item>
/// <item><c>env</c>: no signal ignored, as a shell has it done that starts us in the background;</item>
/// <item><c>bash</c>: opens the log, which so needs no pump in this process, the given folder and the lock, and sets the timer
/// slack;</item>
/// <item><c>setpriv</c>: drops root and only then, as that would clear it, asks for the signal on our death;</item>
/// <item><c>bash</c>: ends at once if we died before that request took effect.</item>
/// </list>
/// </summary>
internal static class LaunchCommand
{
    // Not sh, which is dash on Debian: it drops variables whose names are no identifiers, such as services__query-api.
    private const string Shell = "/bin/bash";

    private const string OpenFiles =
        """
        log=$1; folder=$2; lock=$3; slack=$4; shift 4
        exec </dev/null >"$log" 2>&1
        if [ -n "$folder" ]; then exec 8<"$folder"; fi
        if [ -n "$lock" ]; then exec 9>>"$lock"; flock --nonblock 9 || { echo "$lock is locked"; exit 75; }; fi
        if [ -n "$slack" ]; then echo "$slack" >/proc/self/timerslack_ns; fi
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
        AddAll(start, Executables.Require("env", "coreutils"), "--default-signal=HUP,INT,QUIT,TERM");
        AddAll(start, Shell, "-c", OpenFiles, "sh", options.LogFile);
        AddAll(start, options.GivenFolder ?? "", options.LockFile ?? "");
        AddAll(start, options.TimerSlack?.TotalNanoseconds.ToString(CultureInfo.InvariantCulture) ?? "");
        AddAll(start, Executables.Require("setpriv", "util-linux"));
        AddAll(start, "--pdeathsig", options.OrphanSignal.ToShortName());
        if (options.User is { } user)
        {
            AddAll(start, "--reuid", user.Name, "--regid", user.Name, "--init-groups");
        }

        var parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        AddAll(start, Shell, "-c", RequireParent, "sh", parent, options.FileName);
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
