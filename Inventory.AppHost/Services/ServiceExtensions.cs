using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Running;

namespace Inventory.AppHost.Services;

/// <summary>What every service of the picture has.</summary>
internal static class ServiceExtensions
{
    /// <summary>A program that runs to its end.</summary>
    public static IResourceBuilder<ProjectResource> AddJob<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Parameters parameters)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, launchProfileName: null)
            .WithDirectLaunch()

            // Connection strings and the addresses of services, and not the parts of them once more, passwords among them.
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
            .WithTelemetry(parameters);

    /// <summary>A web service with health probes.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Of the resource.</param>
    /// <param name="parameters">Of the system.</param>
    /// <param name="port">On this machine; any free one unless given.</param>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Parameters parameters, int? port = null)
        where TProject : IProjectMetadata, new()
    {
        var service = builder.AddJob<TProject>(name, parameters);

        // Without the orchestrator's proxy in between: there is one instance, and it keeps its port when it is started again.
        return (builder.ExecutionContext.IsRunMode
                ? service.WithHttpEndpoint(port: port ?? LocalPorts.Any(), isProxied: false)
                : service.WithHttpEndpoint())
            .WithHealthProbes();
    }
}
