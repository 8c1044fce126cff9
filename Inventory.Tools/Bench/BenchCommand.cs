using System.CommandLine;
using Inventory.Servers.Packages;
using Inventory.Tools.Bench.Figures;
using Inventory.Tools.Bench.Orders;
using Inventory.Tools.Bench.Processes;
using Inventory.Tools.Bench.Relay;

namespace Inventory.Tools.Bench;

/// <summary><c>bench read</c>: every figure of the read side, side by side with its peer.</summary>
internal sealed class BenchCommand
{
    private readonly BenchReport _report = new();

    private readonly Option<string?> _only = new("--only")
    {
        Description = "The figures to measure, separated by commas, such as read.hot,read.startup.",
        HelpName = "FIGURES",
    };

    private readonly Option<int[]> _keys = new("--keys")
    {
        Description = "How many keys the uncached reads are spread over, one figure each.",
        DefaultValueFactory = _ => [10_000, 1_000_000],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly PublishedProgram _queryApi = new("--query-api", "The published query API.", "Inventory.QueryApi");

    public static Command Create()
    {
        var bench = new BenchCommand();
        var read = new Command("read", "The stock reads.");
        bench._report.AddTo(read);
        read.Options.Add(bench._only);
        read.Options.Add(bench._keys);
        bench._queryApi.AddTo(read);
        read.SetAction(bench.RunAsync);
        return new Command("bench", "Measure the system, side by side with what it is compared to.")
        {
            read, OrderBenchCommand.Create(), RelayBenchCommand.Create(),
        };
    }

    /// <summary>The programs that are measured against, which this program starts itself.</summary>
    public static IEnumerable<Command> CreatePeers()
    {
        var bare = new Command(BareServer.CommandName) { Hidden = true };
        bare.SetAction((_, cancellationToken) => BareServer.RunAsync(cancellationToken));
        var responder = new Command(FixedResponder.CommandName) { Hidden = true };
        var ports = new Argument<int[]>("ports");
        responder.Arguments.Add(ports);
        responder.SetAction((parsed, cancellationToken) =>
        {
            var numbers = parsed.GetValue(ports)!;
            return new FixedResponder(numbers[0], numbers[1]).RunAsync(cancellationToken);
        });
        return [bare, responder, OrderBenchCommand.CreatePeer()];
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var program = _queryApi.Require(parsed);
        IReadFigure[] all =
        [
            new HotReads(), new Allocations(), new StartUp(), new Outage(), new MemoryGrowth(), new ClientLimit(),
            new UncachedReads(parsed.GetValue(_keys)!), new DriverReads(),
        ];
        var only = parsed.GetValue(_only)?.Split(',', StringSplitOptions.TrimEntries);
        var figures = all.Where(figure => only is null || only.Contains(figure.Name)).ToArray();
        if (figures.Length == 0)
        {
            throw new ToolException($"--only knows {string.Join(", ", all.Select(figure => figure.Name))}.");
        }

        var results = new List<FigureResult>();
        await using (var system = await BenchSystem.StartAsync(
            Path.Combine(Repository.Root, ".inventory", "bench"), program, Console.Error.WriteLine, cancellationToken))
        {
            foreach (var figure in figures)
            {
                await Console.Error.WriteLineAsync($"Measuring {figure.Name} ...");
                results.AddRange(await figure.MeasureAsync(system, _report.Rounds(parsed), cancellationToken));
            }
        }

        return await _report.WriteAsync(parsed, results, cancellationToken);
    }
}
