using System.CommandLine;
using Inventory.Servers.Packages;

namespace Inventory.Tools.Bench.Orders;

/// <summary><c>bench orders</c>: orders in groups, side by side with one transaction per order on the same Postgres.</summary>
internal sealed class OrderBenchCommand
{
    private readonly BenchReport _report = new();

    public static Command Create()
    {
        var bench = new OrderBenchCommand();
        var orders = new Command("orders", "The orders.");
        bench._report.AddTo(orders);
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
            await Console.Error.WriteLineAsync("Measuring orders.hot, orders.spread, orders.cost and orders.latency ...");
            results = await new OrderFigures(system, _report.Rounds(parsed)).MeasureAsync(cancellationToken);
        }

        return await _report.WriteAsync(parsed, results, cancellationToken);
    }
}
