using System.CommandLine;
using System.Text.Json;

namespace Inventory.Tools.Bench;

/// <summary>What every benchmark is asked for and how it tells its figures.</summary>
internal sealed class BenchReport
{
    private readonly Option<string?> _json = new("--json")
    {
        Description = "Where to write a line of JSON per figure.",
        HelpName = "FILE",
    };

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often each side is measured, in turns.",
        DefaultValueFactory = _ => 5,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_rounds);
    }

    public int Rounds(ParseResult parsed) => parsed.GetValue(_rounds);

    /// <summary>The table on the terminal, the lines in the file.</summary>
    /// <returns>The exit code: whether every target is met.</returns>
    public async Task<int> WriteAsync(
        ParseResult parsed, IReadOnlyList<FigureResult> results, CancellationToken cancellationToken)
    {
        FigureTable.Write(Console.Out, results);
        if (parsed.GetValue(_json) is { } file)
        {
            await File.WriteAllLinesAsync(
                file,
                results.Select(result => JsonSerializer.Serialize(result, FigureJson.Default.FigureResult)),
                cancellationToken);
        }

        return results.All(result => result.IsMet) ? ExitCode.Success : ExitCode.Failure;
    }
}
