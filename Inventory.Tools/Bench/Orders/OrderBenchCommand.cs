using System.CommandLine;
using System.Text.Json;
using Inventory.Servers.Packages;

namespace Inventory.Tools.Bench.Orders;

/// <summary><c>bench orders</c>: orders in groups, side by side with one transaction per order on the same Postgres.</summary>
internal sealed class OrderBenchCommand
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

    public static Command Create()
    {
        var bench = new OrderBenchCommand();
        var orders = new Command("orders", "The orders.") { bench._json, bench._rounds };
        orders.SetAction(bench.RunAsync);
        return orders;
    }

    /// <summary>The program that is measured against.</summary>
    public static Command CreatePeer()
    {
        var naive = new Command(NaiveOrderServer.CommandName) { Hidden = true };
        naive.SetAction((_, cancellationToken) => NaiveOrderServer.RunAsync(cancellationToken));
        return naive;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        IReadOnlyList<FigureResult> results;
        await using (var system = await OrderBenchSystem.StartAsync(
            Path.Combine(Repository.Root, ".inventory", "bench-orders"), Console.Error.WriteLine, cancellationToken))
        {
            await Console.Error.WriteLineAsync("Measuring orders.hot, orders.spread and orders.cost ...");
            results = await new OrderFigures(system, parsed.GetValue(_rounds)).MeasureAsync(cancellationToken);
        }

        FigureTable.Write(Console.Out, results);
        if (parsed.GetValue(_json) is { } file)
        {
            await File.WriteAllLinesAsync(
                file, results.Select(result => JsonSerializer.Serialize(result, FigureJson.Default.FigureResult)), cancellationToken);
        }

        return results.All(result => result.IsMet) ? ExitCode.Success : ExitCode.Failure;
    }
}
