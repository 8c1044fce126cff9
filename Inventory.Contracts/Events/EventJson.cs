using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.Contracts.Events;

/// <summary>How events are written and read. Unknown attributes are let through: a newer writer may add some.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StockChangedEvent))]
public sealed partial class EventJson : JsonSerializerContext;
