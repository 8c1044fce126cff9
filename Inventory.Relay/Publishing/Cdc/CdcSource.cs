using Inventory.Relay.Publishing.Leases;
using Inventory.Relay.Publishing.Sending;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace Inventory.Relay.Publishing.Cdc;

/// <summary>
/// Reads inserts into the outbox from the write-ahead log, in the order of their commits:
/// 1. hold every lease, which makes this instance the publisher, and disconnect a predecessor that may be paused;
/// 2. if the slot is missing, lost or unfinished, make a new one and publish the table as it was at that moment;
/// 3. stream, and send what was inserted;
/// 4. confirm positions of the log behind Kafka's reports, and while idle whatever the log grows by.
/// </summary>
internal sealed partial class CdcSource(
    OutboxLeases leases,
    OutboxSlot slot,
    ReplicationConnections connections,
    TablePublication table,
    SendWindows windows,
    PublisherTelemetry telemetry,
    PublisherHeartbeat heartbeat,
    TimeProvider time,
    ILogger<CdcSource> logger) : IOutboxSource
{
    private const string Publication = "outbox";

    // Nothing waits for it but the log.
    private static readonly TimeSpan DeletePause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan StandbyInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    // Values in binary, and a transaction only when it was committed: what is rolled back is none of Kafka's business.
    private static readonly PgOutputReplicationOptions Options = new(
        Publication, PgOutputProtocolVersion.V1, binary: true, PgOutputStreamingMode.Off);

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        // 1.
        if (!await leases.HoldAsync(OutboxLeases.All, isPolled: false, stoppingToken))
        {
            heartbeat.Beat();
            await Task.Delay(StandbyInterval, time, stoppingToken);
            return;
        }

        await using var window = windows.Open();
        await using var connection = await connections.OpenAsync(stoppingToken);
        var confirmed = new ConfirmedPosition(connection);
        await Session.RunAsync(
            end => PublishAsync(connection, window, stoppingToken, end),
            end => window.SettleAsync(DeletePause, confirmed.ConfirmAsync, end),
            end => ConfirmIdleAsync(window, confirmed, end),
            end => leases.KeepAsync(isPolled: false, end));
    }

    private async Task PublishAsync(
        LogicalReplicationConnection connection,
        SendWindow window,
        CancellationToken stoppingToken,
        CancellationToken end)
    {
        await slot.EvictAsync(end);

        // 2.
        var condition = await slot.ReadConditionAsync(end);
        if (condition != SlotCondition.Usable)
        {
            await ResynchroniseAsync(condition, connection, window, end);
        }

        // 3. Meanwhile 4.
        LogStreaming(slot.Name);
        await StreamAsync(connection, window, stoppingToken, end);
    }

    private async Task ResynchroniseAsync(
        SlotCondition condition, LogicalReplicationConnection connection, SendWindow window, CancellationToken cancellationToken)
    {
        telemetry.Resynchronising(condition.ToString());
        if (condition == SlotCondition.Lost)
        {
            LogLost(slot.Name);
        }

        await slot.MarkUnfinishedAsync(cancellationToken);
        await slot.DropAsync(cancellationToken);
        var made = await connection.CreatePgOutputReplicationSlot(
            slot.Name, slotSnapshotInitMode: LogicalSlotSnapshotInitMode.Export, cancellationToken: cancellationToken);
        var published = await table.PublishAsync(made.SnapshotName!, window, cancellationToken);
        await slot.MarkUsableAsync(made.ConsistentPoint.ToString(), cancellationToken);
        LogResynchronised(slot.Name, condition, published);
    }

    private async Task StreamAsync(
        LogicalReplicationConnection connection, SendWindow window, CancellationToken stoppingToken, CancellationToken end)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stoppingToken.Register(() => stopped.TrySetResult());
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(end);
        await using var messages = connection
            .StartReplication(new PgOutputReplicationSlot(slot.Name), Options, reading.Token)
            .GetAsyncEnumerator(reading.Token);
        var (transaction, committedAt) = (0u, default(DateTimeOffset));
        while (true)
        {
            var next = messages.MoveNextAsync().AsTask();
            if (!next.IsCompleted)
            {
                await Task.WhenAny(next, stopped.Task);
            }

            if (!next.IsCompleted)
            {
                // The connection stays open for the last confirmation.
                await window.WaitUntilEmptyAsync(end);
                await reading.CancelAsync();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            if (stoppingToken.IsCancellationRequested || !await next)
            {
                await window.WaitUntilEmptyAsync(end);
                return;
            }

            switch (messages.Current)
            {
                case BeginMessage begin:
                    transaction = begin.TransactionXid;
                    committedAt = new DateTimeOffset(DateTime.SpecifyKind(begin.TransactionCommitTimestamp, DateTimeKind.Utc));
                    break;
                case InsertMessage insert:
                    await window.SendAsync(await InsertedRow.ReadAsync(insert.NewRow, transaction, committedAt, end), end);
                    break;
                case CommitMessage commit:
                    window.Mark((ulong)commit.TransactionEndLsn);
                    break;
            }
        }
    }

    private async Task ConfirmIdleAsync(SendWindow window, ConfirmedPosition confirmed, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(IdleInterval, time, cancellationToken);
            await confirmed.ConfirmIdleAsync(window, cancellationToken);
            if (window.IsEmpty)
            {
                heartbeat.Beat();
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Publishing the outbox from the slot {Slot}.")]
    private partial void LogStreaming(string slot);

    [LoggerMessage(
        LogLevel.Error,
        "The server gave the slot {Slot} up: it kept more log than max_slot_wal_keep_size allows. Nothing is lost; the outbox is published from its table, and a new slot is made.")]
    private partial void LogLost(string slot);

    [LoggerMessage(
        LogLevel.Information, "The slot {Slot} was {Condition}; a new one was made and {Count} rows of the table were published.")]
    private partial void LogResynchronised(string slot, SlotCondition condition, long count);
}
