using System.Globalization;
using Inventory.Tools.Load;

namespace Inventory.Tools.Bench.Figures;

/// <summary><c>read.outage</c>: held keys while Cassandra is stopped for five seconds.</summary>
internal sealed class Outage : IReadFigure
{
    private const int Keys = 100;
    private const int Rate = 1_000;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Stopped = TimeSpan.FromSeconds(5);

    public string Name => "read.outage";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        await using var service = await system.StartQueryApiAsync(cancellationToken);
        var plan = new LoadPlan(
            new Uri(service.Address, "/stocks/"),
            [.. Enumerable.Range(0, Keys).Select(BenchSystem.SeededKey)],
            KeyDistribution.Uniform,
            Rate,
            Before,
            Connections: 64);
        await RunAsync(plan, cancellationToken);

        List<double> errors = [], during = [], before = [];
        for (var round = 0; round < rounds; round++)
        {
            before.Add(P99(await RunAsync(plan, cancellationToken)));
            system.Node.Process.Pause();
            try
            {
                var result = await RunAsync(plan with { Duration = Stopped }, cancellationToken);
                errors.Add(result.ErrorCount);
                during.Add(P99(result));
            }
            finally
            {
                system.Node.Process.Resume();
            }
        }

        return
        [
            FigureResult.Alone(Name, "errors", errors, _ => errors.Sum() == 0, "0 errors") with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"p99 {Median.Of(during):0.0} ms while stopped, {Median.Of(before):0.0} ms before"),
            },
        ];
    }

    private static Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellationToken) =>
        new OpenLoop(plan, TimeProvider.System).RunAsync(cancellationToken);

    private static double P99(LoadResult result) => result.Latencies.Percentile(0.99).TotalMilliseconds;
}
