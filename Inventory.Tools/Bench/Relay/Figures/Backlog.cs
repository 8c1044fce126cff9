using System.Globalization;
using Inventory.Relay.Publishing;
using Inventory.Relay.Publishing.Leases;

namespace Inventory.Tools.Bench.Relay.Figures;

/// <summary><c>relay.backlog</c>: one claim of waiting rows when 1,000 wait and when 5,000,000 do.</summary>
internal sealed class Backlog : IRelayFigure
{
    private const int Few = 1_000;
    private const int Many = 5_000_000;
    private const int FillStep = 250_000;

    // Of each of the 16 partitions, which have some 60 when few rows wait: a claim is of as many rows either way. What it
    // costs to read more of them is no matter of the backlog.
    private const int BatchSize = 32;
    private const int ClaimsPerRound = 200;

    public string Name => "relay.backlog";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        RelayBenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        var few = await MeasureAsync(system, Few, rounds, cancellationToken);
        var many = await MeasureAsync(system, Many, rounds, cancellationToken);
        await system.ExecuteAsync("TRUNCATE outbox", cancellationToken);
        var result = FigureResult.Against(Name, "us/claim", many, $"with {Few} rows", few, least: 0);
        return
        [
            result with
            {
                IsMet = result.Ratio <= 1.5,
                Target = "<= 1.5 x",
                Note = string.Create(CultureInfo.InvariantCulture, $"{BatchSize} rows of each partition a claim, {Many} rows waiting"),
            },
        ];
    }

    private static async Task<List<double>> MeasureAsync(
        RelayBenchSystem system, int rows, int rounds, CancellationToken cancellationToken)
    {
        await FillAsync(system, rows, cancellationToken);
        var outbox = new OutboxRows(system.Database);
        var leases = Enumerable.Range(0, 16).Select(partition => new OutboxLease((short)partition, 0)).ToArray();
        var medians = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var claims = new List<double>();
            for (var claim = 0; claim < ClaimsPerRound; claim++)
            {
                var began = TimeProvider.System.GetTimestamp();
                await outbox.ReadAsync(leases, BatchSize, cancellationToken);
                claims.Add(TimeProvider.System.GetElapsedTime(began).TotalMicroseconds);
            }

            // The first round only warms up.
            if (round > 0)
            {
                medians.Add(Median.Of(claims));
            }
        }

        return medians;
    }

    private static async Task FillAsync(RelayBenchSystem system, int rows, CancellationToken cancellationToken)
    {
        await system.ExecuteAsync("TRUNCATE outbox", cancellationToken);
        for (var first = 1; first <= rows; first += FillStep)
        {
            var last = Math.Min(first + FillStep - 1, rows);
            await system.ExecuteAsync(OutboxRowsSql.Fill("outbox"), cancellationToken, (long)first, (long)last);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {last:#,0} of {rows:#,0} rows wait."));
        }

        await system.ExecuteAsync("VACUUM ANALYZE outbox", cancellationToken);
    }
}
