using System.Globalization;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Inventory.Tools.Bench.Figures;

/// <summary>
/// <c>read.uncached.driver</c>: our client and the DataStax driver, each alone, read by read of the same keys of the same
/// node: reads a second and processor time of this process per read, at several numbers of reads at a time.
/// </summary>
internal sealed class DriverReads : IReadFigure
{
    private const string Peer = "DataStax";
    private const double LeastReads = 1.3;
    private const double MostCpu = 0.25;

    private static readonly int[] InFlight = [32, 128, 512];
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public string Name => "read.uncached.driver";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        if (DataStaxDriver.Find() is null)
        {
            return
            [
                FigureResult.NotMeasured(Name, "reads/s", "1.3 x") with
                {
                    Note = "built without CassandraCSharpDriver: build with -p:DataStaxDriver=true where the registry serves it",
                },
            ];
        }

        using var host = BuildDriver(system.ConnectionString);
        await host.StartAsync(cancellationToken);
        await UntilConnectedAsync(host.Services.GetRequiredService<HealthCheckService>(), cancellationToken);
        var driver = host.Services.GetRequiredService<IStockReader>();
        var keys = Enumerable.Range(0, BenchSystem.SeededKeys).Select(BenchSystem.SeededKey).ToArray();
        var results = new List<FigureResult>();
        foreach (var inFlight in InFlight)
        {
            results.AddRange(await MeasureAsync(system, driver, keys, inFlight, rounds));
        }

        await host.StopAsync(cancellationToken);
        return results;
    }

    private async Task<IEnumerable<FigureResult>> MeasureAsync(
        BenchSystem system, IStockReader driver, StockKey[] keys, int inFlight, int rounds)
    {
        await ClientLoop.RunAsync(system.Client, keys, inFlight, Round);
        await ClientLoop.RunAsync(driver, keys, inFlight, Round);
        List<ClientLoopResult> ours = [], theirs = [];
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await ClientLoop.RunAsync(system.Client, keys, inFlight, Round));
            theirs.Add(await ClientLoop.RunAsync(driver, keys, inFlight, Round));
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{Name}.{inFlight}");
        return
        [
            FigureResult.Against(name, "reads/s", Rates(ours), Peer, Rates(theirs), LeastReads),
            FigureResult.AtMost($"{name}.cpu", "us/read", Cpu(ours), Peer, Cpu(theirs), MostCpu),
        ];
    }

    private static IHost BuildDriver(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:bench"] = connectionString,
            ["Cassandra:Client"] = nameof(CassandraClientChoice.DataStax),
            // The node of the local run speaks no newer protocol, and the driver does not understand how it says so.
            ["Cassandra:MaxProtocolVersion"] = "3",
            ["Cassandra:ReadTimeout"] = "00:01:00",
        });
        builder.Services.AddCassandra(builder.Configuration, "bench");
        return builder.Build();
    }

    private static async Task UntilConnectedAsync(HealthCheckService health, CancellationToken cancellationToken)
    {
        while ((await health.CheckHealthAsync(cancellationToken)).Status != HealthStatus.Healthy)
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    private static double[] Rates(IEnumerable<ClientLoopResult> rounds) => [.. rounds.Select(static round => round.Rate)];

    private static double[] Cpu(IEnumerable<ClientLoopResult> rounds) =>
        [.. rounds.Select(static round => round.CpuMicroseconds)];
}
