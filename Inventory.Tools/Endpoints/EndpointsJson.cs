using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inventory.Tools.Endpoints;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunningSystem))]
internal sealed partial class EndpointsJson : JsonSerializerContext;
