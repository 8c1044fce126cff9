using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy;

/// <summary>Holds manifests against <c>kubernetes-shapes.yaml</c>, which tells its own notation.</summary>
internal sealed partial class KubernetesShapes(YamlNode shapes)
{
    private readonly YamlNode _definitions = shapes.At("definitions")!;
    private readonly YamlNode _kinds = shapes.At("kinds")!;

    public static KubernetesShapes Load(string file) => new(YamlText.Read(File.ReadAllText(file))[0]);

    /// <returns>What is wrong, each with the place.</returns>
    public IReadOnlyList<string> Check(YamlNode manifest)
    {
        var kind = $"{manifest.Text("apiVersion")}/{manifest.Text("kind")}";
        if (_kinds.At(kind) is not YamlMappingNode shape)
        {
            return [$"{kind} is no kind that we use."];
        }

        var whole = new YamlMappingNode(
            [.. shape.Children, Field("apiVersion!", "string"), Field("kind!", "string"), Field("metadata!", "Metadata")]);
        List<string> problems = [];
        Check(manifest, whole, kind, problems);
        return problems;

        static KeyValuePair<YamlNode, YamlNode> Field(string name, string type) =>
            new(new YamlScalarNode(name), new YamlScalarNode(type));
    }

    private void Check(YamlNode node, YamlNode shape, string path, List<string> problems)
    {
        switch (shape)
        {
            case YamlScalarNode { Value: { } name } when _definitions.At(name) is { } definition:
                Check(node, definition, path, problems);
                break;
            case YamlScalarNode { Value: { } type }:
                if (node is not YamlScalarNode scalar || !IsOf(scalar, type))
                {
                    problems.Add($"{path}: {node} is not {type}.");
                }

                break;
            case YamlSequenceNode list:
                CheckList(node, list.Children[0], path, problems);
                break;
            case YamlMappingNode fields:
                CheckFields(node, fields, path, problems);
                break;
        }
    }

    private void CheckList(YamlNode node, YamlNode shape, string path, List<string> problems)
    {
        if (node is not YamlSequenceNode list)
        {
            problems.Add($"{path} is not a list.");
            return;
        }

        for (var index = 0; index < list.Children.Count; index++)
        {
            Check(list.Children[index], shape, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), problems);
        }
    }

    private void CheckFields(YamlNode node, YamlMappingNode shape, string path, List<string> problems)
    {
        if (node is not YamlMappingNode)
        {
            problems.Add($"{path} is not an object.");
            return;
        }

        var types = shape.Fields().ToDictionary(field => field.Key.TrimEnd('!'), field => field.Value, StringComparer.Ordinal);
        foreach (var (name, value) in node.Fields())
        {
            if (IsNull(value))
            {
                // As good as not there.
                continue;
            }

            if (types.TryGetValue(name, out var type) || types.TryGetValue("*", out type))
            {
                Check(value, type, $"{path}.{name}", problems);
            }
            else
            {
                problems.Add($"{path}.{name} is unknown.");
            }
        }

        problems.AddRange(shape.Fields()
            .Where(field => field.Key.EndsWith('!') && IsNull(node.At(field.Key.TrimEnd('!'))))
            .Select(field => $"{path}.{field.Key.TrimEnd('!')} is missing."));
    }

    private static bool IsNull(YamlNode? node) =>
        node is null or YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" };

    // A number or a truth value in quotes is a text to Kubernetes, and the other way round.
    private static bool IsOf(YamlScalarNode scalar, string type)
    {
        var value = scalar.Value ?? "";
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var isInteger = isPlain && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        var isBoolean = isPlain && value is "true" or "false";
        var isText = !isInteger && !isBoolean;
        return type switch
        {
            "string" => isText,
            "integer" => isInteger,
            "boolean" => isBoolean,
            "scalar" => isText || isInteger || isBoolean,
            "quantity" => Quantity().IsMatch(value),
            "name" => isText && ObjectName().IsMatch(value),
            _ => isText && type.Split(" | ").Contains(value, StringComparer.Ordinal),
        };
    }

    [GeneratedRegex("""^[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Quantity();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ObjectName();
}
