using System.Diagnostics;
using Confluent.Kafka;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Relay.Telemetry;

namespace Inventory.Relay.Projection;

/// <summary>
/// Brings a batch of messages into Cassandra: all of them, or it throws and the batch comes again. Applying one twice,
/// or after a newer one, changes nothing, because rows are written with the version as their timestamp.
/// </summary>
internal sealed partial class Projector(
    IStockWriter writer,
    DeadLetters deadLetters,
    RelayTelemetry telemetry,
    TimeProvider time,
    ILogger<Projector> logger)
{
    public async Task ApplyAsync(IReadOnlyList<ConsumeResult<string, byte[]>> messages, CancellationToken cancellationToken)
    {
        // 1. Read; what is no stock change is set aside.
        var changes = new List<ReceivedChange>(messages.Count);
        foreach (var message in messages)
        {
            if (EventReader.TryRead(message, out var received, out var reason))
            {
                changes.Add(received);
            }
            else
            {
                await deadLetters.KeepAsync(message, reason, cancellationToken);
            }
        }

        // 2. Of several changes of a key only the newest is written.
        var newest = changes.GroupBy(change => change.Change.ToKey())
            .ToDictionary(group => group.Key, group => group.Max(change => change.Change.Version));

        // 3. Write, all at once: the client bounds what is in flight.
        await Task.WhenAll(changes.Select(change => ApplyAsync(change, newest, cancellationToken)));
    }

    private async Task ApplyAsync(
        ReceivedChange received, Dictionary<StockKey, long> newest, CancellationToken cancellationToken)
    {
        var change = received.Change;
        var key = change.ToKey();
        using var activity = telemetry.StartProcess(received.TraceParent, key.ToString(), received.Origin);
        if (newest[key] > change.Version)
        {
            activity?.SetTag("inventory.superseded_by", newest[key]);
            telemetry.Superseded();
            return;
        }

        try
        {
            await writer.WriteAsync(key, change.ToLevel(), cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
            throw;
        }

        telemetry.Projected(time.GetUtcNow() - change.UpdatedAt);
        LogProjected(key, change.Version, change.StockCount);
    }

    [LoggerMessage(LogLevel.Debug, "{Key} is in Cassandra at version {Version} with {StockCount}.")]
    private partial void LogProjected(StockKey key, long version, int stockCount);
}
