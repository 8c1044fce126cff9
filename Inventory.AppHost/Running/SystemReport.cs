using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Endpoints;
using Inventory.AppHost.Services;
using Inventory.AppHost.Stores;
using Inventory.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Inventory.AppHost.Running;

/// <summary>
/// Tells where the system is once it is ready: people on the console, tools by <c>.inventory/endpoints.json</c>, which is there
/// for as long as the system runs.
/// </summary>
internal sealed class SystemReport(IDistributedApplicationBuilder builder, RunOptions run, Parameters parameters, SystemStores stores)
{
    private readonly EndpointsFile _file = new(run.EndpointsFile);

    /// <param name="gateway">The one door: when it is ready, and all of <paramref name="services"/>, the system is.</param>
    /// <param name="services">What else has an address.</param>
    public void Add(IResourceBuilder<ProjectResource> gateway, params IResourceBuilder<ProjectResource>[] services)
    {
        _file.Delete();
        gateway.OnResourceReady(async (_, ready, cancellationToken) =>
        {
            var notifications = ready.Services.GetRequiredService<ResourceNotificationService>();
            foreach (var service in services)
            {
                await notifications.WaitForResourceHealthyAsync(service.Resource.Name, cancellationToken);
            }

            var endpoints = await DescribeAsync(gateway, services, cancellationToken);
            var lifetime = ready.Services.GetRequiredService<IHostApplicationLifetime>();
            lifetime.ApplicationStopping.Register(_file.Delete);
            if (run.Progress)
            {
                AddressTable.Write(endpoints);
                ready.Services.GetRequiredService<Stages>().Report(
                    $"Ready, with {ready.Services.GetRequiredService<ResidentMemory>().Megabytes()} MB of memory. Ctrl-C stops everything.");
            }

            // Last: who waits for the file takes everything for told.
            await _file.WriteAsync(endpoints, cancellationToken);
        });
    }

    private async Task<SystemEndpoints> DescribeAsync(
        IResourceBuilder<ProjectResource> gateway,
        IResourceBuilder<ProjectResource>[] services,
        CancellationToken cancellationToken)
    {
        var key = await parameters.TokenSigningKey.Resource.GetValueAsync(cancellationToken)
            ?? throw new InvalidOperationException("The signing key of the tokens is missing.");
        return new SystemEndpoints(
            Address(gateway),
            Dashboard(),
            new DevelopmentTokens(key).Create(DevelopmentTokens.WriteScope),
            new Dictionary<string, string>
            {
                [ResourceNames.Database] = await ConnectionStringAsync(stores.Database, cancellationToken),
                [ResourceNames.Kafka] = await ConnectionStringAsync(stores.Kafka, cancellationToken),
                [ResourceNames.Keyspace] = await ConnectionStringAsync(stores.Keyspace, cancellationToken),
            },
            services.ToDictionary(service => service.Resource.Name, Address));
    }

    private static Uri Address(IResourceBuilder<ProjectResource> service) => new(service.GetEndpoint("http").Url);

    // With the key to it, as Aspire prints it.
    private Uri? Dashboard() =>
        builder.Configuration["AppHost:BrowserToken"] is { Length: > 0 } token
        && builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } address
            ? new Uri($"{address}/login?t={token}")
            : null;

    private static async Task<string> ConnectionStringAsync(
        IResourceBuilder<IResourceWithConnectionString> store, CancellationToken cancellationToken) =>
        await store.Resource.GetConnectionStringAsync(cancellationToken)
        ?? throw new InvalidOperationException($"{store.Resource.Name} has no connection string.");
}
