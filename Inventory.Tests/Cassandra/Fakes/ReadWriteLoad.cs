using System.Collections.Concurrent;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>
/// Reads and writes without a pause, so many at a time, each as soon as one has ended. Each of the loops writes keys of
/// its own, so that it knows which version was acknowledged last.
/// </summary>
internal sealed class ReadWriteLoad(IStockReader reader, IStockWriter writer)
{
    private const int Loops = 16;
    private const int KeysPerLoop = 8;
    private const int ReadsPerWrite = 3;

    private readonly long[] _acknowledged = new long[Loops * KeysPerLoop];
    private readonly CancellationTokenSource _over = new();
    private long _reads;
    private long _writes;
    private Task _running = Task.CompletedTask;

    public static IReadOnlyList<StockKey> Keys { get; } =
        [.. Enumerable.Range(0, Loops * KeysPerLoop).Select(static number => new StockKey(1 + number, 1))];

    public ConcurrentQueue<Exception> FailedReads { get; } = new();

    public ConcurrentQueue<Exception> FailedWrites { get; } = new();

    /// <summary>Answers without a row. Every key has one before the load begins.</summary>
    public ConcurrentQueue<StockKey> Missing { get; } = new();

    public long Reads => Interlocked.Read(ref _reads);

    public long Writes => Interlocked.Read(ref _writes);

    public void Start() => _running = Task.WhenAll(Enumerable.Range(0, Loops).Select(loop => Task.Run(() => LoopAsync(loop))));

    /// <summary>Until so many more were done: what happened before is surely over.</summary>
    public async Task GoOnAsync()
    {
        var (reads, writes) = (Reads + 300, Writes + 100);
        await Eventually.IsTrueAsync(() => Reads >= reads && Writes >= writes);
    }

    public async Task StopAsync()
    {
        await _over.CancelAsync();
        await _running;
        _over.Dispose();
    }

    /// <returns>The version of the key's last write that was acknowledged; 0 if none was.</returns>
    public long Acknowledged(int key) => _acknowledged[key];

    private async Task LoopAsync(int loop)
    {
        for (var turn = 0; !_over.IsCancellationRequested; turn++)
        {
            if (turn % (ReadsPerWrite + 1) == 0)
            {
                await WriteAsync((loop * KeysPerLoop) + (turn / (ReadsPerWrite + 1) % KeysPerLoop), version: 1 + turn);
            }
            else
            {
                await ReadAsync(Keys[((loop * KeysPerLoop) + (turn * 5)) % Keys.Count]);
            }
        }
    }

    private async Task ReadAsync(StockKey key)
    {
        try
        {
            if (await reader.ReadAsync(key, CancellationToken.None) is null)
            {
                Missing.Enqueue(key);
            }
        }
#pragma warning disable CA1031 // Whatever a caller would have seen is to be counted.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FailedReads.Enqueue(error);
        }

        Interlocked.Increment(ref _reads);
    }

    private async Task WriteAsync(int key, long version)
    {
        try
        {
            await writer.WriteAsync(Keys[key], new StockLevel(1, version, DateTimeOffset.UnixEpoch), CancellationToken.None);
            _acknowledged[key] = version;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FailedWrites.Enqueue(error);
        }

        Interlocked.Increment(ref _writes);
    }
}
