using Inventory.Tools.Bench.Processes;

namespace Inventory.Tools.Bench.Orders;

/// <summary>
/// <c>orders.hot</c> and <c>orders.spread</c>: orders a second on one key and on 10,000, 256 buyers at once;
/// <c>orders.cost</c>: what a hot order costs in processor time of the service and in write-ahead log; and
/// <c>orders.latency</c>: the 99th percentile of both at half of what the naive path can do.
/// </summary>
internal sealed class OrderFigures(OrderBenchSystem system, int rounds)
{
    private const int Buyers = 256;
    private const string Peer = "one transaction per order";

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(CancellationToken cancellationToken)
    {
        Wrk.Require();
        var hot = await CompareAsync(items: 1, cancellationToken);
        var spread = await CompareAsync(OrderBenchSystem.Items, cancellationToken);
        return
        [
            FigureResult.Against("orders.hot", "orders/s", hot.Ours.Rates, Peer, hot.Naive.Rates, least: 10),
            FigureResult.Against("orders.spread", "orders/s", spread.Ours.Rates, Peer, spread.Naive.Rates, least: 2),
            Cheaper("orders.cost.cpu", "us/order", hot.Ours.Cpu, hot.Naive.Cpu),
            Cheaper("orders.cost.wal", "bytes/order", hot.Ours.Wal, hot.Naive.Wal),
            await MeasureLatencyAsync("orders.latency", items: 1, hot.Naive.Rates, cancellationToken),
            await MeasureLatencyAsync(
                "orders.latency.spread", OrderBenchSystem.Items, spread.Naive.Rates, cancellationToken),
        ];
    }

    private async Task<(Series Ours, Series Naive)> CompareAsync(int items, CancellationToken cancellationToken)
    {
        var script = OrderScript.For(system.Token, items);
        var (ours, naive) = (new Series(), new Series());

        // The first turn of each only warms it up.
        for (var round = 0; round <= rounds; round++)
        {
            await MeasureAsync(system.Ours, script, round == 0 ? new Series() : ours, cancellationToken);
            await MeasureAsync(system.Naive, script, round == 0 ? new Series() : naive, cancellationToken);
        }

        return (ours, naive);
    }

    private async Task MeasureAsync(OrderService service, string script, Series series, CancellationToken cancellationToken)
    {
        await system.TidyAsync(cancellationToken);
        var cpu = ProcessFigures.Cpu(service.ProcessId);
        var wal = await system.WalPositionAsync(cancellationToken);
        var result = await Wrk.RunAsync(service.Orders, Round, script, cancellationToken, Buyers);
        await system.WaitUntilIdleAsync(cancellationToken);
        if (result.Failed > 0)
        {
            throw new ToolException($"{result.Failed} orders to {service.Orders} failed.");
        }

        series.Rates.Add(result.Rate);
        series.Cpu.Add((ProcessFigures.Cpu(service.ProcessId) - cpu).TotalMicroseconds / result.Requests);
        series.Wal.Add((await system.WalPositionAsync(cancellationToken) - wal) / (double)result.Requests);
    }

    private async Task<FigureResult> MeasureLatencyAsync(
        string figure, int items, List<double> naiveRates, CancellationToken cancellationToken)
    {
        var rate = Math.Max(1, (int)(Median.Of(naiveRates) / 2));
        var (ours, naive) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (service, series) in ((OrderService, List<double>)[])[(system.Ours, ours), (system.Naive, naive)])
            {
                await system.TidyAsync(cancellationToken);
                var buyers = new OpenLoopBuyers(service.Orders, system.Token, items, rate, TimeProvider.System);
                series.Add((await buyers.RunAsync(Round, cancellationToken)).Percentile(0.99).TotalMilliseconds);
            }
        }

        var result = FigureResult.Against(figure, "ms p99", ours, Peer, naive, least: 0);
        return result with
        {
            IsMet = result.Ratio <= 1,
            Target = "<= 1 x",
            Note = FormattableString.Invariant($"open loop, {rate} orders/s"),
        };
    }

    private static FigureResult Cheaper(string figure, string unit, List<double> ours, List<double> naive)
    {
        var result = FigureResult.Against(figure, unit, ours, Peer, naive, least: 0);
        return result with { IsMet = result.Ratio < 1, Target = "< 1 x" };
    }

    private sealed class Series
    {
        public List<double> Rates { get; } = [];

        public List<double> Cpu { get; } = [];

        public List<double> Wal { get; } = [];
    }
}
