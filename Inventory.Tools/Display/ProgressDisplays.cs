using Spectre.Console;

namespace Inventory.Tools.Display;

internal static class ProgressDisplays
{
    /// <summary>Progress goes to standard error, so that what a command finds can be piped on.</summary>
    public static IProgressDisplay ForThisProcess(TimeProvider time) =>
        Console.IsErrorRedirected
            ? new LineDisplay(Console.Error, time)
            : new BarDisplay(
                AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), time);
}
