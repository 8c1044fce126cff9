using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.Tools.Bench;

/// <summary>One line per figure.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(FigureResult))]
internal sealed partial class FigureJson : JsonSerializerContext;
