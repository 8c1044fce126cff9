using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.Tools.Rebuild;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RebuildCheckpoint))]
internal sealed partial class RebuildJson : JsonSerializerContext;
