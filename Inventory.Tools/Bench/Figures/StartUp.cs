namespace Inventory.Tools.Bench.Figures;

/// <summary><c>read.startup</c>: from the start of the published process to its first successful read.</summary>
internal sealed class StartUp : IReadFigure
{
    private const double MostMilliseconds = 500;

    public string Name => "read.startup";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        List<double> times = [];
        for (var round = 0; round <= rounds; round++)
        {
            // Without the probe: it is not part of what is published.
            await using var service = await system.StartQueryApiAsync(cancellationToken, ("DOTNET_STARTUP_HOOKS", ""));
            // The first start reads the files from the disk; an instance that is added beside others does not.
            if (round > 0)
            {
                times.Add(service.StartUp.TotalMilliseconds);
            }
        }

        return
        [
            FigureResult.Alone(Name, "ms", times, value => value <= MostMilliseconds, $"at most {MostMilliseconds}"),
        ];
    }
}
