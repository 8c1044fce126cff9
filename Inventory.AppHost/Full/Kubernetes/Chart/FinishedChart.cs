namespace Inventory.AppHost.Full.Kubernetes.Chart;

/// <summary>The chart after Aspire wrote it: conditions around its templates, our values after Aspire's.</summary>
/// <param name="folder">Of the chart.</param>
internal sealed class FinishedChart(string folder)
{
    private const string ValuesResource = "chart-values.yaml";

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var templates = Path.Combine(folder, "templates");
        foreach (var file in Directory.EnumerateFiles(templates, "*.yaml", SearchOption.AllDirectories))
        {
            var template = new ChartTemplate(
                Path.GetFileName(Path.GetDirectoryName(file)!), await File.ReadAllTextAsync(file, cancellationToken));
            await File.WriteAllTextAsync(file, template.Finish(), cancellationToken);
        }

        await FinishMetadataAsync(cancellationToken);
        await AppendValuesAsync(cancellationToken);
    }

    private async Task FinishMetadataAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "Chart.yaml");
        var lines = await File.ReadAllLinesAsync(file, cancellationToken);
        await File.WriteAllLinesAsync(
            file,
            lines.Select(line => line.StartsWith("kubeVersion:", StringComparison.Ordinal)
                ? $"kubeVersion: \"{ChartMetadata.KubernetesVersion}\""
                : line),
            cancellationToken);
    }

    private async Task AppendValuesAsync(CancellationToken cancellationToken)
    {
        await using var source = typeof(FinishedChart).Assembly.GetManifestResourceStream(ValuesResource)
            ?? throw new InvalidOperationException($"{ValuesResource} is not part of this program.");
        await using var target = new FileStream(Path.Combine(folder, "values.yaml"), FileMode.Append);
        await source.CopyToAsync(target, cancellationToken);
    }
}
