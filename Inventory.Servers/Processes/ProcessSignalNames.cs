namespace Inventory.Servers.Processes;

internal static class ProcessSignalNames
{
    /// <summary>The name by which <c>setpriv --pdeathsig</c> knows the signal.</summary>
    public static string ToShortName(this ProcessSignal signal) => signal switch
    {
        ProcessSignal.Hangup => "HUP",
        ProcessSignal.Interrupt => "INT",
        ProcessSignal.Quit => "QUIT",
        ProcessSignal.Kill => "KILL",
        ProcessSignal.Terminate => "TERM",
        ProcessSignal.Continue => "CONT",
        ProcessSignal.Stop => "STOP",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "No such signal."),
    };
}
