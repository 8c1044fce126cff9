namespace Inventory.Servers.Processes;

/// <summary>The signals that are sent to child processes, by their numbers on Linux.</summary>
public enum ProcessSignal
{
    Hangup = 1,
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
