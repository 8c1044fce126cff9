using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Kubernetes.Manifests;
using Inventory.AppHost.Kubernetes.Model;
using Inventory.AppHost.Kubernetes.Network;
using Inventory.AppHost.Kubernetes.Pods;
using Inventory.AppHost.Kubernetes.Profiles;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Inventory.AppHost.Kubernetes.Chart;

/// <summary>What the model becomes.</summary>
/// <param name="Manifests">By the name of their component.</param>
/// <param name="Values">The part of the values that comes from the model.</param>
internal sealed record HelmChart(
    ILookup<string, IKubernetesObject<V1ObjectMeta>> Manifests, IReadOnlyDictionary<string, object> Values)
{
    public static async Task<HelmChart> OfAsync(
        DistributedApplicationModel model,
        DistributedApplicationExecutionContext execution,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var workloads = await new WorkloadReader(execution, logger).ReadAsync(model, cancellationToken);
        var edges = workloads.SelectMany(workload => workload.Edges).ToHashSet();
        var manifests = Shared(workloads).Select(manifest => (Component: Labels.System, Manifest: manifest))
            .Concat(workloads.SelectMany(workload => Of(workload, edges)
                .Append(NetworkPolicies.Of(workload, edges))
                .Select(manifest => (Component: workload.Name, Manifest: manifest))));
        return new HelmChart(
            manifests.ToLookup(each => each.Component, each => each.Manifest), ChartValues.Of(model, workloads));
    }

    private static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(Workload workload, HashSet<NetworkEdge> edges) =>
        StoreProfile.All.TryGetValue(workload.Name, out var store) ? StoreManifests.Of(workload, store)
        : workload.Endpoints.Count == 0 ? JobManifests.Of(workload)
        : ServiceProfile.All.TryGetValue(workload.Name, out var service)
            ? ServiceManifests.Of(workload, service, edges.Any(edge => edge.To == workload.Name))
        : throw new DistributedApplicationException($"Say in {nameof(ServiceProfile)} how {workload.Name} runs in Kubernetes.");

    private static IEnumerable<IKubernetesObject<V1ObjectMeta>> Shared(IReadOnlyList<Workload> workloads)
    {
        yield return NetworkPolicies.DefaultDeny();
        yield return new V1ServiceAccount
        {
            Metadata = ManifestFactory.Metadata(Labels.System), AutomountServiceAccountToken = false,
        }.Complete();
        yield return new V1Secret
        {
            Metadata = ManifestFactory.Metadata(Labels.System, PodVariables.Secret),
            Type = "Opaque",
            StringData = workloads.SelectMany(workload => workload.Secrets).Distinct().Order(StringComparer.Ordinal)
                .ToDictionary(secret => secret, _ => ""),
        }.Complete();
    }
}
