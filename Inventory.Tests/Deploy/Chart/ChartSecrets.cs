using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>The secrets that a chart asks for in its values, by their paths, for example <c>secrets.relay.relay_password</c>.</summary>
internal static class ChartSecrets
{
    private const string Key = "secrets";

    public static IReadOnlyList<string> Paths(string chart)
    {
        var values = YamlText.Read(File.ReadAllText(Path.Combine(chart, "values.yaml")))[0];
        return [.. Leaves(values.At(Key) ?? new YamlMappingNode(), Key)];
    }

    /// <summary>Gives each of them the value that its own name has everywhere.</summary>
    public static IEnumerable<string> Arguments(IEnumerable<string> paths) =>
        paths.SelectMany(path => new[] { "--set-string", $"{path}={Value(path[(path.LastIndexOf('.') + 1)..])}" });

    // Base64 of 32 bytes or more, which is what the signing key must be; letters and digits, as passwords must be.
    private static string Value(string name) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));

    private static IEnumerable<string> Leaves(YamlNode node, string path) =>
        node is YamlMappingNode
            ? node.Fields().SelectMany(field => Leaves(field.Value, $"{path}.{field.Key}"))
            : [path];
}
