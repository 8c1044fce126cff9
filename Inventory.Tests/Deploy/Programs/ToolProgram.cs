using System.Diagnostics;
using Inventory.Servers.Processes;

namespace Inventory.Tests.Deploy.Programs;

/// <summary>A program that is run to its end for what it writes. It does not outlive the tests, even if they are killed.</summary>
/// <param name="file">The program.</param>
/// <param name="environment">Added to that of the tests.</param>
internal sealed class ToolProgram(string file, IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    public async Task<ProgramResult> RunAsync(
        IEnumerable<string> arguments, string input = "", CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(
            Executables.Require("setpriv", "util-linux"), ["--pdeathsig", "KILL", file, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var process = await ChildStarter.StartAsync(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            var name = $"{Path.GetFileName(file)} {string.Join(' ', start.ArgumentList.Skip(3))}";
            return new ProgramResult(name, process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill();
        }
    }
}
