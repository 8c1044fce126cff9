using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Inventory.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP, configured by the standard variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its
/// kin; <c>OTEL_TRACES_SAMPLER_ARG</c> is the share of traces that are taken, 1 unless given). Without an endpoint
/// nothing is collected.
/// </summary>
public static class TelemetryExtensions
{
    // The runtime and the libraries bring their own sources and meters: no instrumentation package is needed.
    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Yarp.ReverseProxy", "Npgsql", "Inventory.*"];

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "Inventory.*"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // ASP.NET Core 10 adds the HTTP attributes of the semantic conventions only when asked to.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);

        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault();
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_SERVICE_NAME"]))
        {
            resource.AddService(builder.Environment.ApplicationName);
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.SetResourceBuilder(resource).AddOtlpExporter();
        });
        builder.Services.AddHostedService(_ => new TelemetryProviders(
            Tracing(resource, builder.Configuration.GetValue("OTEL_TRACES_SAMPLER_ARG", defaultValue: 1.0)),
            Metrics(resource)));
    }

    private static TracerProvider Tracing(ResourceBuilder resource, double ratio) =>
        Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new ProbeSampler(new TraceIdRatioBasedSampler(ratio))))
            .AddSource(Sources)
            .AddOtlpExporter()
            .Build();

    private static MeterProvider Metrics(ResourceBuilder resource) =>
        Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build();
}
