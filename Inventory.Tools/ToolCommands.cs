using System.CommandLine;
using Inventory.Tools.Bench;
using Inventory.Tools.DeadLetters;
using Inventory.Tools.Load;
using Inventory.Tools.Rebuild;
using Inventory.Tools.Replay;
using Inventory.Tools.Verification;

namespace Inventory.Tools;

/// <summary>The commands, and the one place where a failure becomes a sentence and an exit code.</summary>
internal static class ToolCommands
{
    // Longer than a replay waits for what is under way when it is stopped.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] arguments, TimeProvider time)
    {
        var root = new RootCommand("Works with the running system: plays real orders into it and checks it.")
        {
            ReplayCommand.Create(time),
            BenchCommand.Create(),
            LoadCommand.Create(time),
            VerifyCommand.Create(time),
            DeadLettersCommand.Create(time),
            RebuildCommand.Create(time),
        };
        foreach (var peer in BenchCommand.CreatePeers())
        {
            root.Subcommands.Add(peer);
        }

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(" ", parsed.Errors.Select(error => error.Message)));
            return ExitCode.Unusable;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopTime,
            });
        }
        catch (ToolException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCode.Failure;
        }
#pragma warning disable CA1031 // Whatever it is, a user is better served by its message than by a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"{exception.GetType().Name}: {exception.Message}");
            return ExitCode.Unusable;
        }
    }
}
