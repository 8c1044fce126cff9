using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Inventory.ServiceDefaults.Telemetry;

/// <summary>Holds the providers as long as the host runs; disposing of them sends what is still buffered.</summary>
internal sealed class TelemetryProviders(TracerProvider tracing, MeterProvider metrics) : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        tracing.Dispose();
        metrics.Dispose();
    }
}
