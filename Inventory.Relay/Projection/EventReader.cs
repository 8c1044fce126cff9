using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts.Events;

namespace Inventory.Relay.Projection;

/// <summary>Reads a message as a stock change, or says why it is none.</summary>
internal static class EventReader
{
    public static bool TryRead(
        ConsumeResult<string, byte[]> message,
        [NotNullWhen(true)] out ReceivedChange? received,
        [NotNullWhen(false)] out string? reason)
    {
        received = null;
        reason = null;
        try
        {
            var value = message.Message.Value is null
                ? null
                : JsonSerializer.Deserialize(message.Message.Value, EventJson.Default.StockChangedEvent);
            reason = Check(value);
            received = reason is null ? new(value!.Data, value.TraceParent, message.TopicPartitionOffset) : null;
        }
        catch (JsonException exception)
        {
            reason = $"The value is not the JSON of a stock change: {exception.Message}";
        }

        return received is not null;
    }

    private static string? Check(StockChangedEvent? value) => value switch
    {
        null => "The message has no value.",
        { Type: not StockChangedEvent.TypeName } => $"The type is '{value.Type}', not '{StockChangedEvent.TypeName}'.",
        { Data: null } => "The event has no data.",
        _ when !value.Data.ToKey().IsValid => $"The stock key {value.Data.ToKey()} is out of range.",
        { Data.StockCount: < 0 } => $"The stock count {value.Data.StockCount} is negative.",
        { Data.Version: < 1 } => $"The version {value.Data.Version} is not positive.",
        _ => null,
    };
}
