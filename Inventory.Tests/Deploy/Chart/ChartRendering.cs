using Inventory.Tests.Deploy.Manifests;
using k8s;
using k8s.Models;

namespace Inventory.Tests.Deploy.Chart;

/// <summary>What a test asks of the rendered chart: strictly read manifests, found by the names of their components.</summary>
internal static class ChartRendering
{
    /// <param name="chart">To render.</param>
    /// <param name="values">Documented ones.</param>
    /// <param name="changes">On top, as <c>path=value</c>.</param>
    public static async Task<ManifestSet> RenderAsync(this HelmChart chart, ValueSet values, params string[] changes)
    {
        var arguments = changes.SelectMany(change => new[] { "--set-string", change });
        return ManifestSet.Read(
            (await chart.TemplateAsync([.. chart.Values(values), .. arguments], TestContext.Current.CancellationToken)).Succeeded());
    }

    public static T Of<T>(this ManifestSet manifests, string component)
        where T : IKubernetesObject<V1ObjectMeta> =>
        Assert.Single(manifests.Of<T>(), manifest => manifest.Metadata.Labels[ChartLabels.Component] == component);

    /// <summary>The pods of services, stores and jobs, by component.</summary>
    public static IReadOnlyDictionary<string, V1PodTemplateSpec> Pods(this ManifestSet manifests) =>
        manifests.Of<V1Deployment>().Select(workload => workload.Spec.Template)
            .Concat(manifests.Of<V1StatefulSet>().Select(workload => workload.Spec.Template))
            .Concat(manifests.Of<V1Job>().Select(workload => workload.Spec.Template))
            .ToDictionary(template => template.Metadata.Labels[ChartLabels.Component], StringComparer.Ordinal);

    /// <summary>The variables that are written out in a pod, with what they say or where they come from.</summary>
    public static IReadOnlyDictionary<string, string> Variables(this V1PodTemplateSpec pod) =>
        pod.Spec.Containers[0].Env.ToDictionary(
            variable => variable.Name,
            variable => variable.Value
                ?? variable.ValueFrom.FieldRef?.FieldPath
                ?? $"{variable.ValueFrom.SecretKeyRef.Name}/{variable.ValueFrom.SecretKeyRef.Key}",
            StringComparer.Ordinal);
}
