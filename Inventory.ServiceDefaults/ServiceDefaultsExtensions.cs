using Inventory.ServiceDefaults.Health;
using Inventory.ServiceDefaults.Problems;
using Inventory.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Inventory.ServiceDefaults;

/// <summary>What every service of the system shares.</summary>
public static class ServiceDefaultsExtensions
{
    // Longer than any request may take, shorter than the 60 s that Kubernetes is told to wait (docs/operations.md).
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    /// <summary>Telemetry, health checks, problem details, the clock and a shutdown that drains.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.Services.AddDefaultHealthChecks();
        builder.Services.AddInventoryProblemDetails();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTime);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>Answers every error with a problem, and maps <c>/health</c> and <c>/alive</c> in every environment.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseMiddleware<RequestSpan>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapDefaultHealthChecks();
        return app;
    }
}
