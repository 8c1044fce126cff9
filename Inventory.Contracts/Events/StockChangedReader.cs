using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Inventory.Contracts.Events;

/// <summary>Reads the value of a message as a stock change, or says why it is none.</summary>
public static class StockChangedReader
{
    /// <param name="value">The message's value; null or empty if it has none.</param>
    /// <param name="change">Whose key, count and version are in their ranges.</param>
    /// <param name="reason">A sentence, if it is no stock change.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> value,
        [NotNullWhen(true)] out StockChangedEvent? change,
        [NotNullWhen(false)] out string? reason)
    {
        change = null;
        try
        {
            change = value.IsEmpty ? null : JsonSerializer.Deserialize(value, EventJson.Default.StockChangedEvent);
            reason = Check(change);
        }
        catch (JsonException exception)
        {
            reason = $"The value is not the JSON of a stock change: {exception.Message}";
        }

        change = reason is null ? change : null;
        return change is not null;
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
