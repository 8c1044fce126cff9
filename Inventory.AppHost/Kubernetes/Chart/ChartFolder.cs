using k8s;

namespace Inventory.AppHost.Kubernetes.Chart;

/// <summary>Writes a chart: kept texts as they are, and manifests that are plain Kubernetes objects.</summary>
/// <param name="path">Of the chart.</param>
internal sealed class ChartFolder(string path)
{
    private const string Kept = "chart/";
    private const string ChartFile = "Chart.yaml";
    private const string ValuesFile = "values.yaml";

    private static readonly string[] Written = ["templates", "manifests"];

    public async Task WriteAsync(HelmChart chart, CancellationToken cancellationToken)
    {
        // What an earlier version of the model left there would be installed too. Of a folder that is no chart nothing is taken.
        if (File.Exists(Path.Combine(path, ChartFile)))
        {
            foreach (var folder in Written.Select(name => Path.Combine(path, name)).Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        foreach (var name in typeof(ChartFolder).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Kept, StringComparison.Ordinal)))
        {
            await WriteAsync(name[Kept.Length..], await ReadAsync(name, cancellationToken), cancellationToken);
        }

        await File.AppendAllTextAsync(
            Path.Combine(path, ValuesFile), KubernetesYaml.Serialize(chart.Values) + "\n", cancellationToken);
        foreach (var component in chart.Manifests)
        {
            foreach (var manifest in component)
            {
                await WriteAsync(
                    $"manifests/{component.Key}/{manifest.Kind.ToLowerInvariant()}.yaml",
                    KubernetesYaml.Serialize(manifest) + "\n",
                    cancellationToken);
            }
        }
    }

    private static async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = typeof(ChartFolder).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private async Task WriteAsync(string name, string text, CancellationToken cancellationToken)
    {
        var file = Path.Combine(path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, cancellationToken);
    }
}
