using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Relay;
using Inventory.Tools.Display;

namespace Inventory.Tools.Rebuild;

/// <summary>
/// Writes pages of rows into Cassandra, while traffic goes on: a row carries its version as the timestamp of the write,
/// so an older one never replaces what the relay has written meanwhile.
/// </summary>
internal sealed class Rebuilder(
    IStockWriter cassandra, CheckpointFile checkpoints, int rate, TimeProvider time, Action<string> warn)
{
    // Two rows each: enough to keep a node busy, few enough to leave room for the relay.
    private const int WritesInFlight = 64;

    private const int Attempts = 10;

    private int _refused;

    /// <summary>How many rows Cassandra would not have for what they are.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <returns>How many rows were written.</returns>
    public async Task<long> RunAsync(
        IAsyncEnumerable<RebuildPage> pages, ProgressCounter progress, CancellationToken cancellationToken)
    {
        var written = 0L;
        var refused = 0;
        var throttle = new Throttle(rate, time);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            await Parallel.ForEachAsync(
                page.Rows,
                new ParallelOptions { MaxDegreeOfParallelism = WritesInFlight, CancellationToken = cancellationToken },
                async (row, token) => await WriteAsync(row, token));
            written += page.Rows.Count - (Refused - refused);
            refused = Refused;
            progress.Set(page.Next.Done);
            await checkpoints.WriteAsync(page.Next);
            await throttle.DoneAsync(page.Rows.Count, cancellationToken);
        }

        checkpoints.Delete();
        return written;
    }

    private async Task WriteAsync(StockRow row, CancellationToken cancellationToken)
    {
        var retryDelay = new RetryDelay();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await cassandra.WriteAsync(row.Key, row.Level, cancellationToken);
                return;
            }
            catch (CassandraException exception) when (exception.IsTransient && attempt < Attempts)
            {
                warn($"{row.Key} was not written, attempt {attempt} of {Attempts}: {exception.Message}");
                await Task.Delay(retryDelay.Next(), time, cancellationToken);
            }
            catch (CassandraServerException exception) when (exception.Code == CassandraErrorCode.Invalid)
            {
                // A matter of this row, which would end every rebuild at the same place.
                Interlocked.Increment(ref _refused);
                warn($"Cassandra refuses {row.Key}: {exception.Message}");
                return;
            }
            catch (CassandraException exception)
            {
                throw new ToolException(
                    $"Cassandra did not take {row.Key}: {exception.Message} The same command goes on from {checkpoints.Path}.",
                    ExitCode.Failure);
            }
        }
    }
}
