using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts;
using Inventory.Servers.Packages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Inventory.AppHost.Full.Settings;

internal static class EndpointsFileExtensions
{
    /// <summary>
    /// Tells the tools where the system is for as long as it runs, as the reduced set does:
    /// <c>.inventory/endpoints.json</c>, or what <c>--endpoints-file</c> names.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithEndpointsFile(
        this IResourceBuilder<ProjectResource> gateway, Parameters parameters, Stores stores)
    {
        var file = new EndpointsFile(
            gateway.ApplicationBuilder.Configuration["endpoints-file"]
            ?? Path.Combine(Repository.Root, ".inventory", "endpoints.json"));
        return gateway.OnResourceReady(async (_, ready, cancellationToken) =>
        {
            var key = await parameters.TokenSigningKey.Resource.GetValueAsync(cancellationToken);
            var connectionStrings = new Dictionary<string, string>
            {
                [ResourceNames.Database] = await ValueAsync(stores.Database, cancellationToken),
                [ResourceNames.Kafka] = await ValueAsync(stores.Kafka, cancellationToken),
                [ResourceNames.Keyspace] = await ValueAsync(stores.Keyspace, cancellationToken),
            };
            await file.WriteAsync(
                new SystemEndpoints(
                    new Uri(gateway.GetEndpoint("http").Url),
                    Dashboard: null,
                    new DevelopmentTokens(key!).Create(DevelopmentTokens.WriteScope),
                    connectionStrings,
                    new Dictionary<string, Uri>()),
                cancellationToken);
            ready.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(file.Delete);
        });
    }

    private static async Task<string> ValueAsync(
        IResourceBuilder<IResourceWithConnectionString> store, CancellationToken cancellationToken) =>
        await store.Resource.GetConnectionStringAsync(cancellationToken)
        ?? throw new InvalidOperationException($"{store.Resource.Name} has no connection string.");
}
