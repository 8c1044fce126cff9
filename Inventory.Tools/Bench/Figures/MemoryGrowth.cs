using System.Globalization;
using System.Net.Http.Json;
using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Bench.Processes;

namespace Inventory.Tools.Bench.Figures;

/// <summary><c>read.memory</c>: what a query API grows by when it holds a million keys.</summary>
internal sealed class MemoryGrowth : IReadFigure
{
    private const int Keys = 1_000_000;
    private const int BatchesAtOnce = 4;
    private const double MostMegabytes = 150;
    private const double Megabyte = 1024 * 1024;

    public string Name => "read.memory";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        await using var service = await system.StartQueryApiAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = service.Address };

        // Warm: what the first requests bring in would be there without a single key.
        await AskAsync(client, first: 1, batches: 200, cancellationToken);
        var heap = await service.Probe.HeapAsync();
        var resident = ProcessFigures.ResidentBytes(service.ProcessId);
        await AskAsync(client, first: 200_001, Keys / StockBatchRequest.MaximumKeys, cancellationToken);
        var heapGrowth = (await service.Probe.HeapAsync() - heap) / Megabyte;
        var growth = (ProcessFigures.ResidentBytes(service.ProcessId) - resident) / Megabyte;

        return
        [
            FigureResult.Alone(Name, "MB", [growth], value => value < MostMegabytes, $"under {MostMegabytes}") with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture, $"one round; resident, after a collection; heap alone {heapGrowth:0.0} MB"),
            },
        ];
    }

    private static Task AskAsync(HttpClient client, long first, int batches, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, batches),
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken },
            async (batch, token) =>
            {
                var item = first + ((long)batch * StockBatchRequest.MaximumKeys);
                var request = new StockBatchRequest(
                    [.. Enumerable.Range(0, StockBatchRequest.MaximumKeys).Select(offset => new StockKeyField(item + offset, 1))]);
                using var response = await client.PostAsJsonAsync(
                    new Uri("/stocks/batch", UriKind.Relative), request, ApiJson.Default.StockBatchRequest, token);
                response.EnsureSuccessStatusCode();
            });
}
