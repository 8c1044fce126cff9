using Inventory.AppHost.Kubernetes.Model;
using Inventory.AppHost.Kubernetes.Pods;
using k8s;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Manifests;

/// <summary>A program that runs to its end. Its template gives the Job a name by what it runs, because a Job cannot be changed.</summary>
internal static class JobManifests
{
    // Beyond the attempts that the program makes itself.
    private const int BackoffLimit = 6;

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Of(Workload workload)
    {
        var template = ManifestFactory.Pod(workload);
        PodVariables.AddTelemetry(template.Spec.Containers[0], workload.Name);
        PodSecurity.Restrict(template.Spec, PodSecurity.ApplicationUser, readOnlyRoot: true);
        ScratchSpace.Mount(template.Spec, ["/tmp"]);
        template.Spec.RestartPolicy = "OnFailure";

        yield return ManifestFactory.ConfigMap(workload);
        yield return new V1Job
        {
            Metadata = ManifestFactory.Metadata(workload.Name),
            Spec = new V1JobSpec { BackoffLimit = BackoffLimit, Template = template },
        }.Complete();
    }
}
