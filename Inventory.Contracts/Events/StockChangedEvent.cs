using System.Text.Json.Serialization;

namespace Inventory.Contracts.Events;

/// <summary>A <see cref="StockChanged"/> in its CloudEvents 1.0 envelope, JSON format.</summary>
/// <param name="Id">Stock key and version: the same change always has the same id.</param>
/// <param name="Source">Who made the change.</param>
/// <param name="Type"><see cref="TypeName"/>.</param>
/// <param name="SpecVersion"><c>1.0</c>.</param>
/// <param name="Subject">The stock key.</param>
/// <param name="Time">When the change was made, UTC.</param>
/// <param name="DataContentType"><c>application/json</c>.</param>
/// <param name="TraceParent">W3C trace context of the send, the distributed-tracing extension attribute.</param>
/// <param name="Data">The change.</param>
public sealed record StockChangedEvent(
    [property: JsonPropertyName("id"), JsonRequired] string Id,
    [property: JsonPropertyName("source"), JsonRequired] string Source,
    [property: JsonPropertyName("type"), JsonRequired] string Type,
    [property: JsonPropertyName("specversion"), JsonRequired] string SpecVersion,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("time")] DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    [property: JsonPropertyName("traceparent"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? TraceParent,
    [property: JsonPropertyName("data"), JsonRequired] StockChanged Data)
{
    public const string TypeName = "inventory.stock-changed.v1";
    public const string SourceName = "/inventory/commands";

    public static StockChangedEvent From(StockChanged change, string? traceParent)
    {
        var key = change.ToKey().ToString();
        return new StockChangedEvent(
            Id: $"{key}:{change.Version}",
            SourceName,
            TypeName,
            SpecVersion: "1.0",
            Subject: key,
            Time: change.UpdatedAt,
            DataContentType: "application/json",
            traceParent,
            change);
    }
}
