using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Inventory.Contracts.Stocks;

namespace Inventory.Contracts.Events;

/// <summary>Reads the value of a message as a stock change, or says why it is none.</summary>
public static class StockChangedEventReader
{
    /// <param name="value">As it came from Kafka; null for a tombstone.</param>
    /// <param name="now">The reader's clock, which bounds versions and times.</param>
    /// <param name="read">The event, with every field in its range.</param>
    /// <param name="reason">A sentence.</param>
    public static bool TryRead(
        byte[]? value,
        DateTimeOffset now,
        [NotNullWhen(true)] out StockChangedEvent? read,
        [NotNullWhen(false)] out string? reason)
    {
        read = null;
        try
        {
            var candidate = value is null ? null : JsonSerializer.Deserialize(value, EventJson.Default.StockChangedEvent);
            reason = Check(candidate, now);
            read = reason is null ? candidate : null;
        }
        catch (JsonException exception)
        {
            reason = $"The value is not the JSON of a stock change: {exception.Message}";
        }

        return read is not null;
    }

    private static string? Check(StockChangedEvent? value, DateTimeOffset now) => value switch
    {
        null => "The message has no value.",
        { Type: not StockChangedEvent.TypeName } => $"The type is '{value.Type}', not '{StockChangedEvent.TypeName}'.",
        { Data: null } => "The event has no data.",
        _ when !value.Data.ToKey().IsValid => $"The stock key {value.Data.ToKey()} is out of range.",
        { Data.StockCount: < 0 } => $"The stock count {value.Data.StockCount} is negative.",
        { Data.Version: < VersionBounds.Earliest } => $"The version {value.Data.Version} is not positive.",
        _ when value.Data.Version > VersionBounds.LatestAt(now) =>
            $"The version {value.Data.Version} is more than {VersionBounds.MaximumLead.Days} days ahead of the clock.",
        _ when value.Data.UpdatedAt < DateTimeOffset.UnixEpoch || value.Data.UpdatedAt > now + VersionBounds.MaximumLead =>
            $"The time {value.Data.UpdatedAt:O} is out of range.",
        _ => null,
    };
}
