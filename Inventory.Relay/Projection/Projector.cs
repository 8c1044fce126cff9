using System.Diagnostics;
using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.Relay.Projection;

/// <summary>
/// Brings batches of messages into Cassandra, as long as that takes. Applying one twice, or after a newer one, changes
/// nothing, because rows are written with the version as their timestamp.
/// </summary>
internal sealed partial class Projector(
    IStockWriter writer,
    DeadLetters deadLetters,
    ProjectionTelemetry telemetry,
    TimeProvider time,
    ILogger<Projector> logger) : IDisposable
{
    // Of all partitions together, two rows each: what keeps a node busy without making it queue.
    private const int WritesInFlight = 256;

    // A refusal may also be a schema that is being changed.
    private const int RefusalsToBelieve = 3;

    private readonly SemaphoreSlim _writes = new(WritesInFlight);
    private long _acknowledged;
    private int _failing;

    /// <summary>Whether some batch can be neither written nor set aside at this moment.</summary>
    public bool IsFailing => Volatile.Read(ref _failing) > 0 || deadLetters.IsWaiting;

    /// <summary>Completes when Cassandra has every change of the batch or a newer one of its key.</summary>
    public async Task ApplyAsync(IReadOnlyList<TakenMessage> messages, CancellationToken cancellationToken)
    {
        // 1. Read; what is no stock change is set aside.
        var newest = new NewestChanges(messages.Count);
        foreach (var message in messages)
        {
            if (!StockChangedEventReader.TryRead(message.Result.Message.Value, message.TakenAt, out var read, out var reason))
            {
                await deadLetters.KeepAsync(message, reason, cancellationToken);
                continue;
            }

            // 2. Of several changes of a key only the newest is written.
            telemetry.Consumed(message.TakenAt - read.Data.UpdatedAt);
            if (newest.Add(new ReceivedChange(read.Data, read.TraceParent, message)) is { } needless)
            {
                telemetry.Superseded(needless);
            }
        }

        // 3. Write, all at once within the bound, until everything is acknowledged.
        await WriteAsync(
            [.. newest.All.Select(change => new PendingWrite(change, telemetry.StartProcess(change)))], cancellationToken);
    }

    public void Dispose() => _writes.Dispose();

    private async Task WriteAsync(List<PendingWrite> open, CancellationToken cancellationToken)
    {
        var retryDelay = new RetryDelay();
        await WriteOnceAsync(open, cancellationToken);
        if (open.Count == 0)
        {
            return;
        }

        Interlocked.Increment(ref _failing);
        try
        {
            while (open.Count > 0)
            {
                LogNotWritten(open[0].Error!, open.Count);
                await SetRefusedAsideAsync(open, cancellationToken);
                await Task.Delay(retryDelay.Next(), time, cancellationToken);
                await WriteOnceAsync(open, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _failing);
            open.ForEach(write => write.Activity?.SetStatus(ActivityStatusCode.Error).Dispose());
        }
    }

    /// <summary>Leaves in the list what failed.</summary>
    private async Task WriteOnceAsync(List<PendingWrite> open, CancellationToken cancellationToken)
    {
        await Task.WhenAll(open.Select(write => WriteOnceAsync(write, cancellationToken)));
        open.RemoveAll(write => write.Error is null);
    }

    private async Task WriteOnceAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        Activity.Current = write.Activity;
        await _writes.WaitAsync(cancellationToken);
        var change = write.Received.Change;
        var key = change.ToKey();
        try
        {
            await writer.WriteAsync(key, change.ToLevel(), cancellationToken);
            write.Error = null;
        }
        catch (CassandraException exception)
        {
            write.Error = exception;
            return;
        }
        finally
        {
            _writes.Release();
        }

        Interlocked.Increment(ref _acknowledged);
        var now = time.GetUtcNow();
        telemetry.Projected(now - write.Received.Message.TakenAt, now - change.UpdatedAt);
        write.Activity?.Dispose();
        LogProjected(key, change.Version, change.StockCount);
    }

    // What Cassandra refuses again and again while it takes other writes is a matter of the event and not of Cassandra. What it
    // made needless is needed then.
    private async Task SetRefusedAsideAsync(List<PendingWrite> open, CancellationToken cancellationToken)
    {
        foreach (var write in open.ToArray())
        {
            if (write.Error is not CassandraServerException { Code: CassandraErrorCode.Invalid } refusal)
            {
                continue;
            }

            if (write.Refusals++ == 0)
            {
                write.AcknowledgedBefore = Volatile.Read(ref _acknowledged);
            }
            else if (write.Refusals >= RefusalsToBelieve && Volatile.Read(ref _acknowledged) > write.AcknowledgedBefore)
            {
                await deadLetters.KeepAsync(
                    write.Received.Message, $"Cassandra refuses it: {refusal.Message}", cancellationToken);
                write.Activity?.SetStatus(ActivityStatusCode.Error).Dispose();
                open.Remove(write);
                if (write.Received.Older is { } older)
                {
                    open.Add(new PendingWrite(older, telemetry.StartProcess(older)));
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Key} is in Cassandra at version {Version} with {StockCount}.")]
    private partial void LogProjected(StockKey key, long version, int stockCount);

    [LoggerMessage(LogLevel.Warning, "{Count} changes of a batch did not reach Cassandra; trying them again.")]
    private partial void LogNotWritten(Exception exception, int count);
}
