using System.Globalization;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Bench.Processes;

namespace Inventory.Tools.Bench.Figures;

/// <summary>
/// <c>read.uncached.stress</c>: the client alone against cassandra-stress, the load generator that Cassandra brings, on the
/// same table of the same node, with the same keys and as many reads at a time.
/// </summary>
internal sealed class UncachedReads(IReadOnlyList<int> keyCounts) : IReadFigure
{
    private const int InFlight = 256;
    private const double Least = 1.2;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    public string Name => "read.uncached.stress";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        var results = new List<FigureResult>();
        foreach (var count in keyCounts)
        {
            results.Add(await MeasureAsync(system, count, rounds, cancellationToken));
        }

        return results;
    }

    private async Task<FigureResult> MeasureAsync(
        BenchSystem system, int count, int rounds, CancellationToken cancellationToken)
    {
        var keys = Enumerable.Range(1, count).Select(item => new StockKey(item, 1)).ToArray();
        await system.SeedAsync(count, cancellationToken);
        var stress = await StressTool.PrepareAsync(system, count, cancellationToken);
        await ClientLoop.RunAsync(system.Client, keys, InFlight, Round);

        List<double> ours = [], theirs = [], cpu = [];
        for (var round = 0; round < rounds; round++)
        {
            var result = await ClientLoop.RunAsync(system.Client, keys, InFlight, Round);
            ours.Add(result.Rate);
            cpu.Add(result.CpuMicroseconds);
            // As many operations as take it about as long.
            theirs.Add(await stress.ReadAsync((long)(result.Rate * Round.TotalSeconds), InFlight, cancellationToken));
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{Name}.{count}");
        return FigureResult.Against(name, "reads/s", ours, "cassandra-stress", theirs, Least) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"{InFlight} at a time; client CPU a read: {Median.Of(cpu):0.00} us"),
        };
    }
}
