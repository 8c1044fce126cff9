using Inventory.Relay.Publishing.Cdc;
using Inventory.Relay.Publishing.Leases;
using Inventory.Relay.Publishing.Sending;
using Microsoft.Extensions.Options;

namespace Inventory.Relay.Publishing.Polling;

/// <summary>
/// Reads the table, again and again:
/// 1. hold the leases of some partitions;
/// 2. send their oldest rows, and wait until they are in Kafka and deleted;
/// 3. when nothing is left, wait for a writer's notification, or for the fallback interval.
/// </summary>
internal sealed class PollingSource(
    OutboxLeases leases,
    OutboxRows outbox,
    OutboxSignal signal,
    SendWindows windows,
    OutboxSlot slot,
    PublisherHeartbeat heartbeat,
    IOptions<RelayOptions> options,
    TimeProvider time) : IOutboxSource
{
    // Of each partition. A claim of all 16 is 8,192 rows, half of what may be on its way.
    private const int BatchSize = 512;

    // The next claim waits for it.
    private static readonly TimeSpan DeletePause = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan StandbyInterval = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        // 1.
        if (!await leases.HoldAsync(fewest: 1, isPolled: true, stoppingToken))
        {
            heartbeat.Beat();
            await Task.Delay(StandbyInterval, time, stoppingToken);
            return;
        }

        if (leases.Held.Count == OutboxLeases.All)
        {
            await slot.DropUnusedAsync(stoppingToken);
        }

        await using var window = windows.Open();
        await Session.RunAsync(
            end => PollAsync(window, stoppingToken, end),
            end => window.SettleAsync(DeletePause, (_, _) => Task.CompletedTask, end),
            end => leases.KeepAsync(isPolled: true, end));
    }

    private async Task PollAsync(SendWindow window, CancellationToken stoppingToken, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, end);
        while (!either.IsCancellationRequested)
        {
            // 2. What was sent is waited for even if we are stopped, so that shutdown leaves nothing half known.
            var rows = await outbox.ReadAsync(leases.Held, BatchSize, either.Token);
            foreach (var row in rows)
            {
                await window.SendAsync(row, end);
            }

            await window.WaitUntilEmptyAsync(end);
            heartbeat.Beat();

            // 3.
            if (rows.Count == 0)
            {
                await signal.WaitAsync(options.Value.PollingInterval, either.Token);
            }
        }
    }
}
