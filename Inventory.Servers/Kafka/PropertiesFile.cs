namespace Inventory.Servers.Kafka;

/// <summary>Writes Java properties.</summary>
internal static class PropertiesFile
{
    public static Task WriteAsync(
        string file, IEnumerable<KeyValuePair<string, string>> properties, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(
            file,
            properties.Select(property => $"{property.Key}={Escape(property.Value)}"),
            cancellationToken);

    /// <summary>In a value only the backslash is special.</summary>
    private static string Escape(string value) => value.Replace(@"\", @"\\", StringComparison.Ordinal);
}
