using System.Globalization;
using System.Text;
using Inventory.Tools.Bench.Processes;

namespace Inventory.Tools.Bench.Figures;

/// <summary>
/// <c>read.hot</c>: one key through the query API against a bare Kestrel; and <c>read.batch</c>: a hundred keys a request
/// against one.
/// </summary>
/// <remarks>
/// The query API reads the key again 20 times a second, and the node that answers has the same cores here: a worker of
/// Cassandra 2.1 spins for some 10 ms after each read, which takes a sixth of what is measured. So that the services are
/// compared and not the node, it answers as many reads beside the bare server. How that one does beside an idle node is told, too.
/// </remarks>
internal sealed class HotReads : IReadFigure
{
    private const int BatchKeys = 100;

    // As often as the query API reads a key in demand.
    private static readonly TimeSpan ReadPeriod = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    // Tiered compilation needs some seconds of the load itself until the code is what it stays.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public string Name => "read.hot";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        Wrk.Require();
        await using var ours = await system.StartQueryApiAsync(cancellationToken);
        await using var bare = await system.StartBareAsync(cancellationToken);
        var batches = new Uri(ours.Address, "/stocks/batch");
        var script = BatchScript();
        await Wrk.RunAsync(ours.HotKey, WarmUp, script: null, cancellationToken);
        await Wrk.RunAsync(bare.HotKey, WarmUp, script: null, cancellationToken);
        await Wrk.RunAsync(batches, WarmUp, script, cancellationToken);

        List<double> hot = [], peer = [], idle = [], batch = [], hotCpu = [], peerCpu = [], idleCpu = [], batchCpu = [];
        for (var round = 0; round < rounds; round++)
        {
            await MeasureAsync(ours, ours.HotKey, script: null, keys: 1, hot, hotCpu, cancellationToken);
            await MeasureAsync(bare, bare.HotKey, script: null, keys: 1, idle, idleCpu, cancellationToken);
            await using (new SteadyReads(system.Client, ReadPeriod))
            {
                await MeasureAsync(bare, bare.HotKey, script: null, keys: 1, peer, peerCpu, cancellationToken);
            }

            await MeasureAsync(ours, batches, script, BatchKeys, batch, batchCpu, cancellationToken);
        }

        return
        [
            FigureResult.Against(Name, "reads/s", hot, "bare Kestrel", peer, least: 0.95) with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Cost("CPU a read", hotCpu, peerCpu)}; beside an idle node the peer answers {Median.Of(idle):N0}/s"),
            },
            FigureResult.Against("read.batch", "keys/s", batch, Name, hot, least: 15) with
            {
                Note = Cost("CPU a key", batchCpu, hotCpu),
            },
        ];
    }

    private static async Task MeasureAsync(
        ServiceUnderTest service,
        Uri url,
        string? script,
        int keys,
        List<double> rates,
        List<double> cpus,
        CancellationToken cancellationToken)
    {
        var before = ProcessFigures.Cpu(service.ProcessId);
        var result = await Wrk.RunAsync(url, Round, script, cancellationToken);
        if (result.Failed > 0)
        {
            throw new ToolException($"{result.Failed} requests to {url} failed.");
        }

        rates.Add(result.Rate * keys);
        cpus.Add((ProcessFigures.Cpu(service.ProcessId) - before).TotalMicroseconds / (result.Requests * keys));
    }

    private static string Cost(string what, List<double> ours, List<double> peers) => string.Create(
        CultureInfo.InvariantCulture, $"{what}: {Median.Of(ours):0.00} us, peer {Median.Of(peers):0.00} us");

    private static string BatchScript()
    {
        var body = new StringBuilder("{\"keys\":[");
        for (var number = 0; number < BatchKeys; number++)
        {
            var key = BenchSystem.SeededKey(number);
            body.Append(number == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$"""{"vendorItemId":{{key.VendorItemId}},"fulfillmentCenterId":{{key.FulfillmentCenterId}}}""");
        }

        body.Append("]}");
        return $"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.body = '{body}'
            """;
    }
}
