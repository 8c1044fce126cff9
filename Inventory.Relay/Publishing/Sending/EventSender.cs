using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts.Events;
using Inventory.Relay.Kafka;
using Inventory.Relay.Telemetry;

namespace Inventory.Relay.Publishing.Sending;

/// <summary>Makes events of rows and hands them to Kafka's client, which gathers them into batches.</summary>
internal sealed class EventSender(EventProducer producer, RelayTelemetry telemetry) : IEventSender
{
    public bool CanGiveUp => producer.IsReplaceable;

    public void Send(SentRow sent)
    {
        var row = sent.Row!;
        var key = row.Change.ToKey().ToString();
        var activity = telemetry.StartSend(row.TraceParent, key);
        var value = JsonSerializer.SerializeToUtf8Bytes(
            StockChangedEvent.From(row.Change, activity?.Id ?? row.TraceParent), EventJson.Default.StockChangedEvent);
        try
        {
            producer.Produce(
                new Message<string, byte[]> { Key = key, Value = value },
                delivery => Complete(sent, activity, delivery.Error));
        }
        catch (ProduceException<string, byte[]> exception)
        {
            // Nothing was handed over, for example because the client's queue is full.
            Complete(sent, activity, exception.Error);
        }
    }

    public void GiveUp() => producer.Replace();

    private static void Complete(SentRow sent, Activity? activity, Error error)
    {
        if (error.IsError)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Reason).SetTag("error.type", error.Code.ToString());
        }

        activity?.Dispose();
        sent.Report(!error.IsError);
    }
}
