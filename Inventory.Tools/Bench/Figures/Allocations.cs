using System.Globalization;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Bench.Processes;

namespace Inventory.Tools.Bench.Figures;

/// <summary><c>read.alloc</c>: bytes allocated for a read that goes to Cassandra, in the client and through HTTP.</summary>
internal sealed class Allocations : IReadFigure
{
    private const int InFlight = 64;
    private const double MostThroughHttp = 300;

    // What the runtime's own timers allocate does not grow with the reads.
    private const double Rounding = 0.5;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public string Name => "read.alloc";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        Wrk.Require();
        // Held for a millisecond only: nearly every request is a read of Cassandra, by the way that production takes.
        await using var service = await system.StartQueryApiAsync(
            cancellationToken, ("Stocks__MaxStaleness", "00:00:00.001"));
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"request = function() return wrk.format('GET', '/stocks/' .. math.random(1, {BenchSystem.SeededKeys}) .. '/1') end");
        var keys = Enumerable.Range(0, BenchSystem.SeededKeys).Select(BenchSystem.SeededKey).ToArray();
        await ClientLoop.RunAsync(system.Client, keys, InFlight, Round);
        await Wrk.RunAsync(service.Address, Round, script, cancellationToken);

        List<double> client = [], http = [];
        for (var round = 0; round < rounds; round++)
        {
            // The loops themselves cost the same however long they run: the difference of two is of the reads.
            var brief = await MeasureAsync(system, keys, Round / 3);
            var full = await MeasureAsync(system, keys, Round);
            client.Add((full.Bytes - brief.Bytes) / (double)(full.Reads - brief.Reads));

            var before = await service.Probe.AllocatedAsync();
            var requests = await Wrk.RunAsync(service.Address, Round, script, cancellationToken);
            http.Add((await service.Probe.AllocatedAsync() - before) / (double)requests.Requests);
        }

        return
        [
            FigureResult.Alone("read.alloc.client", "bytes/read", client, value => value < Rounding, "0"),
            FigureResult.Alone(
                "read.alloc.http", "bytes/read", http, value => value < MostThroughHttp, $"under {MostThroughHttp}"),
        ];
    }

    private static async Task<(long Bytes, long Reads)> MeasureAsync(
        BenchSystem system, IReadOnlyList<StockKey> keys, TimeSpan duration)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await ClientLoop.RunAsync(system.Client, keys, InFlight, duration);
        return (GC.GetTotalAllocatedBytes(precise: true) - before, result.Reads);
    }
}
