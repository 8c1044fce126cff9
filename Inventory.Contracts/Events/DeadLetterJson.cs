using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.Contracts.Events;

/// <summary>How dead letters are written and read.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadLetter))]
public sealed partial class DeadLetterJson : JsonSerializerContext;
