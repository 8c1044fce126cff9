using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.Relay.Projection;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
