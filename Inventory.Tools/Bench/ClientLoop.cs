using System.Diagnostics;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Bench;

/// <summary>Reads through the client alone, so many at a time, each as soon as one has ended.</summary>
internal static class ClientLoop
{
    /// <param name="client">Connected.</param>
    /// <param name="keys">Read in random order.</param>
    /// <param name="inFlight">Reads at a time.</param>
    /// <param name="duration">How long.</param>
    public static async Task<ClientLoopResult> RunAsync(
        IStockReader client, IReadOnlyList<StockKey> keys, int inFlight, TimeSpan duration)
    {
        var counts = new long[inFlight];
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var began = TimeProvider.System.GetTimestamp();
        using var end = new CancellationTokenSource(duration);
        var loops = Enumerable.Range(0, inFlight)
            .Select(loop => Task.Run(() => ReadAsync(client, keys, counts, loop, end.Token)))
            .ToArray();
        await Task.WhenAll(loops);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        using var process = Process.GetCurrentProcess();
        var reads = counts.Sum();
        return new ClientLoopResult(
            reads, reads / elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / reads);
    }

    private static async Task ReadAsync(
        IStockReader client, IReadOnlyList<StockKey> keys, long[] counts, int loop, CancellationToken end)
    {
        // A step that shares no factor with the number of keys visits all of them, in an order no cache likes.
        // Not a clock nor a division in the loop, which at a million reads a second were a tenth of what was measured.
        var index = (int)((uint)(loop * 7_919) % (uint)keys.Count);
        var step = 524_287 % keys.Count;
        var count = 0L;
        while (!end.IsCancellationRequested)
        {
            await client.ReadAsync(keys[index], CancellationToken.None);
            index += step;
            index -= index < keys.Count ? 0 : keys.Count;
            count++;
        }

        counts[loop] = count;
    }
}
