using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Services;
using Inventory.AppHost.Stores;
using Inventory.Contracts.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Inventory.AppHost.Running;

/// <summary>What is there only when the system runs on this machine: free ports, progress, addresses.</summary>
internal static class LocalRun
{
    public static void Prepare(IDistributedApplicationBuilder builder, RunOptions run)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            if (run.NoDashboard)
            {
                builder.Eventing.Subscribe<BeforeStartEvent>(static (start, _) => SendNoTelemetry(start.Model));
            }
            else
            {
                LocalPorts.ChooseDashboard(builder, run);
            }

            // The stores go last: without this the orchestrator ends the services after this process is gone, and they drain in vain.
            builder.Configuration["DcpPublisher:WaitForResourceCleanup"] = "true";
            builder.Services.AddSingleton(run.Stages).AddSingleton<ResidentMemory>().AddSingleton(TimeProvider.System);

            // What is not ready yet is no error; the dashboard shows it.
            builder.Services.AddLogging(static logging =>
                logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));

            // Before the orchestrator, whose start ends only when much has happened already.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StartWatch>());
        }
    }

    /// <summary>Tells where the system is once everything is ready.</summary>
    public static void ReportWhenReady(
        this IDistributedApplicationBuilder builder,
        RunOptions run,
        Parameters parameters,
        SystemStores stores,
        IResourceBuilder<ProjectResource> gateway,
        params IResourceBuilder<ProjectResource>[] services)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            new SystemReport(builder, run, parameters, stores).Add(gateway, services);
        }
    }

    // Aspire names an endpoint all the same, at which nobody would listen.
    private static Task SendNoTelemetry(DistributedApplicationModel model)
    {
        foreach (var service in model.Resources.OfType<ProjectResource>())
        {
            service.Annotations.Add(new EnvironmentCallbackAnnotation(
                static context => context.EnvironmentVariables[ConfigurationKeys.TelemetryEndpoint] = ""));
        }

        return Task.CompletedTask;
    }
}
