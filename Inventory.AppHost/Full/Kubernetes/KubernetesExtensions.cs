using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Inventory.AppHost.Full.Kubernetes.Chart;
using Inventory.AppHost.Full.Kubernetes.Workloads;

namespace Inventory.AppHost.Full.Kubernetes;

/// <summary>The model's way into the chart. Nothing of it plays a part when the system runs on this machine.</summary>
internal static class KubernetesExtensions
{
    private const string EnvironmentName = "k8s";

    public static IResourceBuilder<KubernetesEnvironmentResource> AddInventoryKubernetes(
        this IDistributedApplicationBuilder builder)
    {
        var kubernetes = builder.AddKubernetesEnvironment(EnvironmentName)
            .WithDashboard(enabled: false)
            .WithHelm(helm => helm
                .WithChartName(ChartMetadata.Name)
                .WithChartVersion(ChartMetadata.Version)
                .WithChartDescription(ChartMetadata.Description));
        if (builder.ExecutionContext.IsPublishMode)
        {
            ChartStep.Add(builder, EnvironmentName);
        }

        return kubernetes;
    }

    public static IResourceBuilder<ProjectResource> PublishAsService(
        this IResourceBuilder<ProjectResource> service, ServiceManifest manifest) =>
        service.PublishAsKubernetesService(resource => ServiceWorkload.Customize(resource, manifest));

    public static IResourceBuilder<ProjectResource> PublishAsMigrationJob(
        this IResourceBuilder<ProjectResource> migrations) =>
        migrations.PublishAsKubernetesService(MigrationWorkload.Customize);

    public static IResourceBuilder<T> PublishAsStore<T>(
        this IResourceBuilder<T> store,
        IResourceBuilder<KubernetesEnvironmentResource> kubernetes,
        StoreManifest manifest)
        where T : ContainerResource
    {
        if (!store.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return store;
        }

#pragma warning disable ASPIRECOMPUTE002 // Volumes are an experimental part of Aspire 13.5; without them data is in emptyDir.
        var volume = kubernetes.AddPersistentVolume(manifest.Volume)
            .WithCapacity(manifest.Capacity)

            // Neither uninstalling nor the swap for an external store takes the data with it.
            .WithVolumeAnnotation("helm.sh/resource-policy", "keep");
        return store
            .WithPersistentVolume(volume)
            .PublishAsKubernetesService(resource => StoreWorkload.Customize(resource, manifest));
#pragma warning restore ASPIRECOMPUTE002
    }

    /// <summary>
    /// Kafka takes every folder beside its logs for a topic, and a fresh disk has one: <c>lost+found</c>.
    /// </summary>
    public static IResourceBuilder<KafkaServerResource> WithLogsBelowVolume(
        this IResourceBuilder<KafkaServerResource> kafka) =>
        kafka.WithEnvironment("KAFKA_LOG_DIRS", "/var/lib/kafka/data/logs");
}
