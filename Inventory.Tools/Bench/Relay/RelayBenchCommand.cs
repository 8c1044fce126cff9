using System.CommandLine;
using Inventory.Servers.Packages;
using Inventory.Tools.Bench.Relay.Figures;

namespace Inventory.Tools.Bench.Relay;

/// <summary><c>bench relay</c>: the way from the outbox into Cassandra, side by side with the usual one.</summary>
internal sealed class RelayBenchCommand
{
    private readonly BenchReport _report = new();

    private readonly Option<string?> _only = new("--only")
    {
        Description = "The figures to measure, separated by commas, such as relay.drain,relay.backlog.",
        HelpName = "FIGURES",
    };

    private readonly PublishedProgram _relay = new("--relay", "The published relay.", "Inventory.Relay");

    public static Command Create()
    {
        var bench = new RelayBenchCommand();
        var relay = new Command("relay", "The relay, from the outbox through Kafka into Cassandra.");
        bench._report.AddTo(relay);
        relay.Options.Add(bench._only);
        bench._relay.AddTo(relay);
        relay.SetAction(bench.RunAsync);
        return relay;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        IRelayFigure[] all = [new Latency(), new Drain(), new Backlog(), new Projecting()];
        var only = parsed.GetValue(_only)?.Split(',', StringSplitOptions.TrimEntries);
        var figures = all.Where(figure => only is null || only.Contains(figure.Name)).ToArray();
        if (figures.Length == 0)
        {
            throw new ToolException($"--only knows {string.Join(", ", all.Select(figure => figure.Name))}.");
        }

        var program = _relay.Require(parsed);
        var results = new List<FigureResult>();
        foreach (var figure in figures)
        {
            await Console.Error.WriteLineAsync($"Measuring {figure.Name} ...");
            await using var system = await RelayBenchSystem.StartAsync(
                Path.Combine(Repository.Root, ".inventory", "bench-relay"),
                program,
                Console.Error.WriteLine,
                cancellationToken);
            results.AddRange(await figure.MeasureAsync(system, _report.Rounds(parsed), cancellationToken));
        }

        return await _report.WriteAsync(parsed, results, cancellationToken);
    }
}
