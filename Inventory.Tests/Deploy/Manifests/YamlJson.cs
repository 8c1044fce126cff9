using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy.Manifests;

/// <summary>
/// YAML as the JSON that helm and kubectl make of it before Kubernetes sees it: a plain 1 is a number and "1" a text, which
/// a YAML deserializer would take for each other and Kubernetes does not.
/// </summary>
internal static class YamlJson
{
    public static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(
            mapping.Fields().Select(field => KeyValuePair.Create(field.Key, Convert(field.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new NotSupportedException($"{node.GetType().Name} is in no manifest."),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        // YAML 1.1, by which helm and kubectl go.
        "y" or "Y" or "yes" or "Yes" or "on" or "On" => true,
        "n" or "N" or "no" or "No" or "off" or "Off" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
        _ => text,
    };
}
