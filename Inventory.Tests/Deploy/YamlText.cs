using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy;

/// <summary>Reads the documents of a YAML text.</summary>
internal static class YamlText
{
    public static IReadOnlyList<YamlNode> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>What is at the end of the keys, or null.</summary>
    public static YamlNode? At(this YamlNode node, params ReadOnlySpan<string> keys)
    {
        var current = node;
        foreach (var key in keys)
        {
            if (current is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(key), out current))
            {
                return null;
            }
        }

        return current;
    }

    public static string? Text(this YamlNode node, params ReadOnlySpan<string> keys) => (node.At(keys) as YamlScalarNode)?.Value;

    public static IEnumerable<KeyValuePair<string, YamlNode>> Fields(this YamlNode node) =>
        ((YamlMappingNode)node).Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, child.Value));
}
