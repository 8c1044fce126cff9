using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.AppHost.Endpoints;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(SystemEndpoints))]
internal sealed partial class EndpointsJson : JsonSerializerContext;
