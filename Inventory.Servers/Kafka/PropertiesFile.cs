namespace Inventory.Servers.Kafka;

/// <summary>Writes Java properties.</summary>
internal static class PropertiesFile
{
    public static Task WriteAsync(
        string file, IEnumerable<KeyValuePair<string, string>> properties, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(
            file,
            // In a value only the backslash is special.
            properties.Select(property => $"{property.Key}={property.Value.Replace(@"\", @"\\", StringComparison.Ordinal)}"),
            cancellationToken);
}
