namespace Inventory.Tools.Bench.Figures;

/// <summary><c>read.uncached.driver</c>, which this set of packages has no driver for.</summary>
internal sealed class DriverReads : IReadFigure
{
    public string Name => "read.uncached.driver";

    public Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<FigureResult>>(
        [
            FigureResult.NotMeasured(Name, "reads/s", "1.3 x") with
            {
                Note = "built without CassandraCSharpDriver: build with -p:DataStaxDriver=true where the registry serves it",
            },
        ]);
}
