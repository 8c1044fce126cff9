using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Relay.Telemetry;

namespace Inventory.Relay.Publishing;

/// <summary>Sends changes to Kafka and tells which of them it has.</summary>
internal sealed class EventSender(IProducer<string, byte[]> producer, RelayTelemetry telemetry)
{
    /// <summary>Sends the rows in order and waits for every delivery report.</summary>
    /// <returns>The rows that are done with: <see cref="DeliveredRows"/>.</returns>
    public async Task<IReadOnlyList<OutboxRow>> SendAsync(IReadOnlyList<OutboxRow> rows) =>
        DeliveredRows.Select(rows, await Task.WhenAll(rows.Select(SendAsync)));

    private Task<bool> SendAsync(OutboxRow row)
    {
        var key = row.Change.ToKey().ToString();
        var activity = telemetry.StartSend(row.TraceParent, key);
        var value = JsonSerializer.SerializeToUtf8Bytes(
            StockChangedEvent.From(row.Change, activity?.Id ?? row.TraceParent), EventJson.Default.StockChangedEvent);
        var report = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            producer.Produce(
                ResourceNames.StockChangesTopic,
                new Message<string, byte[]> { Key = key, Value = value },
                delivery => Complete(delivery.Error));
        }
        catch (ProduceException<string, byte[]> exception)
        {
            // Nothing was handed over, for example because the client's queue is full.
            Complete(exception.Error);
        }

        return report.Task;

        void Complete(Error error)
        {
            if (error.IsError)
            {
                activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, error.Reason)
                    .SetTag("error.type", error.Code.ToString());
            }

            activity?.Dispose();
            report.TrySetResult(!error.IsError);
        }
    }
}
