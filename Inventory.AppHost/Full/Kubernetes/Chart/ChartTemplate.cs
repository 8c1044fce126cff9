using System.Text.RegularExpressions;
using Inventory.AppHost.Full.Kubernetes.Scaling;
using Inventory.Contracts;

namespace Inventory.AppHost.Full.Kubernetes.Chart;

/// <summary>One template: when it is in force, and what in it depends on the release or the values.</summary>
/// <param name="folder">The resource that it is of.</param>
/// <param name="text">As Aspire wrote it.</param>
internal sealed partial class ChartTemplate(string folder, string text)
{
    private static readonly HashSet<string> StoreFolders =
    [
        ResourceNames.Postgres, ResourceNames.Kafka, ResourceNames.Cassandra,
        StoreVolumes.Postgres, StoreVolumes.Kafka, StoreVolumes.Cassandra,
    ];

    public string Finish()
    {
        var kind = KindLine().Match(text).Groups["kind"].Value;
        var finished = kind switch
        {
            // A Job cannot be changed: every revision of the release has its own.
            "Job" => text.Replace(
                $"{ResourceNames.Migrations}-job", $"{ResourceNames.Migrations}-{{{{ .Release.Revision }}}}", StringComparison.Ordinal),
            "HorizontalPodAutoscaler" => text
                .Replace($"minReplicas: {ScaleBounds.MinReplicas}\n", "minReplicas: {{ .Values.autoscaling.minReplicas }}\n", StringComparison.Ordinal)
                .Replace($"maxReplicas: {ScaleBounds.MaxReplicas}\n", "maxReplicas: {{ .Values.autoscaling.maxReplicas }}\n", StringComparison.Ordinal),

            // An empty password would be installed without a word.
            "Secret" => SecretValue().Replace(text, "{{ required \"${value} is missing from the values\" .Values.${value} }}"),
            _ => text,
        };
        return Conditions(kind).Aggregate(
            finished, (inner, condition) => $"{{{{- if {condition} }}}}\n{inner.TrimEnd()}\n{{{{- end }}}}\n");
    }

    private IEnumerable<string> Conditions(string kind)
    {
        if (kind == "HorizontalPodAutoscaler")
        {
            yield return "eq .Values.autoscaling.kind \"hpa\"";
        }

        if (kind == "ScaledObject")
        {
            yield return "eq .Values.autoscaling.kind \"keda\"";
        }

        if (kind == "Secret")
        {
            yield return ".Values.createSecrets";
        }

        // The service stays: it is the name by which the store is found, wherever it runs.
        if (StoreFolders.Contains(folder) && kind != "Service")
        {
            yield return ".Values.stores.inChart";
        }
    }

    [GeneratedRegex("""^kind: "?(?<kind>\w+)"?\r?$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex KindLine();

    [GeneratedRegex("""\{\{ \.Values\.(?<value>secrets\.[\w.]+) \}\}""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SecretValue();
}
