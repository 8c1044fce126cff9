using Aspire.Hosting;
using Inventory.AppHost.Running;
using Inventory.AppHost.Services;
using Inventory.AppHost.Stores.Containers;
using Inventory.AppHost.Stores.Embedded;
using Inventory.Servers;

namespace Inventory.AppHost.Stores;

internal static class StoresExtensions
{
    /// <summary>Postgres, Kafka and Cassandra, the way that <see cref="StoreChoice"/> says.</summary>
    public static SystemStores AddStores(this IDistributedApplicationBuilder builder, RunOptions run, Parameters parameters) =>
        StoreChoice.Make(builder) == StoreKind.Containers
            ? ContainerStores.Add(builder, parameters)
            : EmbeddedStores.Add(
                builder,
                parameters,
                new EmbeddedServerOptions(
                    run.DataDirectory, !run.Fresh, run.TopicPartitions ?? LocalStores.TopicPartitions, run.Stages.Report));
}
