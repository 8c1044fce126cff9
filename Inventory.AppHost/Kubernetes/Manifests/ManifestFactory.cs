using Inventory.AppHost.Kubernetes.Model;
using Inventory.AppHost.Kubernetes.Pods;
using k8s;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Manifests;

/// <summary>What services, jobs and stores have in common.</summary>
internal static class ManifestFactory
{
    public static V1ObjectMeta Metadata(string component, string? name = null) =>
        new() { Name = name ?? component, Labels = Labels.On(component) };

    /// <summary>A pod of one container, without what values decide: image, resources and the like.</summary>
    public static V1PodTemplateSpec Pod(Workload workload)
    {
        var container = new V1Container
        {
            Name = workload.Name,
            Args = workload.Arguments.Count == 0 ? null : [.. workload.Arguments.Select(argument => argument.Text)],
            Ports = workload.Endpoints.Count == 0
                ? null
                : [.. workload.Endpoints.Select(endpoint => new V1ContainerPort { ContainerPort = endpoint.TargetPort, Name = endpoint.Name, Protocol = "TCP" })],
        };
        PodVariables.Set(container, workload);
        return new V1PodTemplateSpec
        {
            Metadata = new V1ObjectMeta { Labels = Labels.On(workload.Name) },
            Spec = new V1PodSpec { Containers = [container] },
        };
    }

    public static V1ConfigMap ConfigMap(Workload workload) => new V1ConfigMap
    {
        Metadata = Metadata(workload.Name, PodVariables.ConfigMap(workload.Name)),
        Data = PodVariables.Plain(workload),
    }.Complete();

    /// <summary>The name of the pods.</summary>
    /// <param name="workload">Whose pods.</param>
    /// <param name="isHeadless">
    /// True where the callers are to see each pod and choose for themselves: the name server then tells the addresses of the
    /// pods that are ready, instead of one that every connection keeps for as long as it lives.
    /// </param>
    public static V1Service Service(Workload workload, bool isHeadless) => new V1Service
    {
        Metadata = Metadata(workload.Name),
        Spec = new V1ServiceSpec
        {
            ClusterIP = isHeadless ? "None" : null,
            PublishNotReadyAddresses = isHeadless ? false : null,
            Selector = Labels.Of(workload.Name).MatchLabels,
            Ports =
            [
                .. workload.Endpoints.Select(endpoint =>
                    new V1ServicePort { Port = endpoint.Port, Name = endpoint.Name, Protocol = "TCP", TargetPort = endpoint.Name }),
            ],
        },
    }.Complete();

    /// <summary>Kind and version, which the models leave open.</summary>
    public static T Complete<T>(this T manifest)
        where T : IKubernetesObject
    {
        manifest.Initialize();
        return manifest;
    }
}
